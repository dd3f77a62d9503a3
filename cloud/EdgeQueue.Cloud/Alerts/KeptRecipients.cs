using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>Of which alerts somebody at head office is told: until that is removed at its rule, or their number or mailbox is erased.</summary>
internal sealed class KeptRecipients : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<Row>(
            $"""
            select a.person as Person, r.name as Rule, r.scope as Scope, a.channel as Channel, a.quiet as Quiet, p.created_at as MadeAt, p.expires_at as Until
            from alert_recipient a join alert_rule r on r.id = a.rule left join person p on p.id = a.person
            where a.removed = 0 and (a.{IKeptAbout.OfTheirs} or (a.channel = 'mail' and lower(a.target) = @MailKey)) order by a.id
            """, contact)).Select(r => new KeptFact("alert", r.Person, r.MadeAt is { } made ? KeptFact.Instant(made) : null, r.Until is { } until ? KeptFact.Instant(until) : null, new Dictionary<string, string>
        {
            ["rule"] = r.Rule, ["of"] = r.Scope, ["by"] = r.Channel, ["quiet"] = r.Quiet,
        }))];

    /// <remarks>A rule of which nobody is told any more goes on, and its alerts are on the page.</remarks>
    public async Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact)
    {
        await transaction.Connection!.ExecuteAsync($"update alert_recipient set removed = 1 where removed = 0 and {IKeptAbout.OfTheirs}", contact, transaction);
        return await transaction.Connection!.ExecuteAsync("update alert_recipient set removed = 1, target = '' where channel = 'mail' and lower(target) = @MailKey", contact, transaction);
    }

    private sealed record Row(long? Person, string Rule, string Scope, string Channel, string Quiet, long? MadeAt, long? Until);
}
