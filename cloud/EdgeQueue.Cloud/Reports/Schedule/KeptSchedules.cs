using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports.Schedule;

/// <summary>Which reports go to somebody's mailbox by themselves, until the schedule is removed or the mailbox erased.</summary>
internal sealed class KeptSchedules : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<(string Name, string Scope, string Period, long MadeAt)>(
            "select name, scope, period, made_at from report_schedule where removed = 0 and channel = 'mail' and lower(target) = @MailKey order by id", contact)).Select(r =>
            new KeptFact("report", null, KeptFact.Instant(r.MadeAt), null, new Dictionary<string, string> { ["name"] = r.Name, ["of"] = r.Scope, ["period"] = r.Period }))];

    public Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact) => transaction.Connection!.ExecuteAsync(
        "update report_schedule set removed = 1, target = '' where channel = 'mail' and lower(target) = @MailKey", contact, transaction);
}
