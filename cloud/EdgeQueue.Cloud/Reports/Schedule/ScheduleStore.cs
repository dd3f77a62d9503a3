using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports.Schedule;

/// <summary>The table of the schedules.</summary>
internal sealed class ScheduleStore(IDatabase database, TimeProvider time)
{
    public const int Most = 200;

    public Task<IReadOnlyList<ReportSchedule>> AllAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ReportSchedule>>(
        async connection => (await connection.QueryAsync<ReportSchedule>(
            "select id as Id, name as Name, scope as Scope, period as Period, hour as Hour, channel as Channel, target as Target, made_at as MadeAt from report_schedule where removed = 0 order by id")).AsList(), cancellation);

    /// <returns>False: there are as many as there may be.</returns>
    public Task<bool> AddAsync(ReportSchedule schedule, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from report_schedule where removed = 0", transaction: t) >= Most)
            {
                return false;
            }

            await t.Connection!.ExecuteAsync(
                "insert into report_schedule(name, scope, period, hour, channel, target, made_at, removed) values (@Name, @Scope, @Period, @Hour, @Channel, @Target, @now, 0)",
                new { schedule.Name, schedule.Scope, schedule.Period, schedule.Hour, schedule.Channel, schedule.Target, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, t);
            return true;
        },
        cancellation);

    /// <summary>The address of whoever got it goes with it.</summary>
    public Task<int> RemoveAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("update report_schedule set removed = 1, target = '' where id = @id", new { id }, t), cancellation);

    /// <summary>Which of these notices are there already.</summary>
    public Task<IReadOnlySet<string>> ToldAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) => database.ReadAsync<IReadOnlySet<string>>(
        async connection => (await connection.QueryAsync<string>($"select key from notice where {database.Sql.AnyOf("key", "@keys")}", new { keys = keys.ToArray() })).ToHashSet(StringComparer.Ordinal), cancellation);
}
