using System.Data.Common;
using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Live;

/// <summary>A live message as it came, and what it says.</summary>
public sealed record ReadLive(string Branch, LiveMessage Live, string Text);

/// <summary>The table <c>live</c>.</summary>
public sealed class LiveStore(IDatabase database, BranchBook book, TimeProvider time)
{
    /// <summary>What replicas of one PostgreSQL tell each other: ids of branches with commas.</summary>
    public const string Channel = "edgequeue_live";

    /// <summary>Within the 8,000 bytes that PostgreSQL lets one notification hold.</summary>
    private const int IdsInOneNote = 400;

    /// <summary>A hub tells 64 faults at most, and one that says how many more there are.</summary>
    private const int MostCodes = 66;

    /// <summary>Stands among the codes of the faults while a branch's wall clock is not trusted.</summary>
    public const string ClockNotTrusted = "clockNotTrusted";

    private const string Rows =
        $"select b.id as Branch, b.name as Name, {BranchTitle.Of} as Title, b.region as Region, l.online as Online, l.beat as Beat, l.at as At, "
        + "l.received_at as ReceivedAt, l.waiting as Waiting, l.over_target as OverTarget, l.oldest_since as OldestSince, l.counters_open as CountersOpen, "
        + "l.missing as Missing, l.faults as Faults, l.version as Version, l.codes as Codes from live l join branch b on b.id = l.branch";

    /// <summary>
    /// In what order a branch's messages are is said by the branch's own time, not by the clocks of those who received them. So long, in ms, a message that looks older is not
    /// taken; then a clock was set, of the branch or of a server, and what comes is how it is now.
    /// </summary>
    private const string Muted = "60000";

    // A will comes from the broker and has no time of its own: it ends what was said, and is ended by what is said next.
    private static readonly RowsStatement Put = new(
        "insert into live(branch, journal, online, beat, at, received_at, waiting, over_target, oldest_since, counters_open, missing, faults, version, title, zone, codes, data) "
        + "select branch, journal, online, beat, at, received_at, waiting, over_target, oldest_since, counters_open, missing, faults, version, title, zone, codes, data from {rows} where true order by 1 "
        + "on conflict (branch) do update set journal = excluded.journal, online = excluded.online, beat = excluded.beat, at = excluded.at, received_at = excluded.received_at, waiting = excluded.waiting, "
        + "over_target = excluded.over_target, oldest_since = excluded.oldest_since, counters_open = excluded.counters_open, missing = excluded.missing, faults = excluded.faults, "
        + "version = excluded.version, title = excluded.title, zone = excluded.zone, codes = excluded.codes, data = excluded.data where live.journal <> excluded.journal or excluded.at >= live.at or live.online = 0 "
        + $"or excluded.received_at > live.received_at + {Muted} or excluded.received_at < live.received_at - {Muted}",
        ("branch", ColumnType.Bigint), ("journal", ColumnType.Text), ("online", ColumnType.Bigint), ("beat", ColumnType.Bigint), ("at", ColumnType.Bigint), ("received_at", ColumnType.Bigint),
        ("waiting", ColumnType.Bigint), ("over_target", ColumnType.Bigint), ("oldest_since", ColumnType.Bigint), ("counters_open", ColumnType.Bigint), ("missing", ColumnType.Bigint),
        ("faults", ColumnType.Bigint), ("version", ColumnType.Text), ("title", ColumnType.Text), ("zone", ColumnType.Text), ("codes", ColumnType.Text),
        ("data", ColumnType.Text));

    private static readonly RowsStatement Gone = new(
        "update live set online = 0, received_at = r.received_at from {rows} where live.branch = r.branch "
        + $"and (live.received_at <= r.received_at or live.received_at > r.received_at + {Muted})",
        ("branch", ColumnType.Bigint), ("received_at", ColumnType.Bigint));

    /// <summary>Raised after a commit of this process, for a database that tells nobody.</summary>
    public event Action<IReadOnlyList<long>>? Changed;

    /// <param name="messages">The latest of each branch.</param>
    public async Task PutAsync(IReadOnlyList<ReadLive> messages, CancellationToken cancellation)
    {
        IReadOnlyList<long> ids = await book.BranchesAsync([.. messages.Select(m => m.Branch)], cancellation);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        (long Id, ReadLive Of)[] sorted = [.. ids.Zip(messages).OrderBy(p => p.First)];
        await database.WriteAsync(
            async t =>
            {
                await Put.RunAsync(database.Sql, t, [.. sorted.Where(p => p.Of.Live.Online).Select(p => RowOf(p.Id, p.Of, now))], cancellation);
                await Gone.RunAsync(database.Sql, t, [.. sorted.Where(p => !p.Of.Live.Online).Select(p => (object[])[p.Id, now])], cancellation);
                await TellAsync(t, sorted.Select(p => p.Id));
                return true;
            },
            cancellation);
        Changed?.Invoke(ids);
    }

    /// <summary>Puts branches into a region, and tells every replica.</summary>
    public async Task PutRegionAsync(IReadOnlyList<long> branches, string region, CancellationToken cancellation)
    {
        await database.WriteAsync(
            async t =>
            {
                await t.Connection!.ExecuteAsync($"update branch set region = @region where {database.Sql.AnyOf("id", "@ids")}", new { region, ids = branches.ToArray() }, t);
                await TellAsync(t, branches);
                return true;
            },
            cancellation);
        Changed?.Invoke(branches);
    }

    /// <summary>All branches that ever spoke.</summary>
    public Task<IReadOnlyList<LiveRow>> AllAsync(CancellationToken cancellation) => ReadAsync(Rows, null, cancellation);

    public Task<IReadOnlyList<LiveRow>> TheseAsync(IReadOnlyCollection<long> branches, CancellationToken cancellation) =>
        ReadAsync($"{Rows} where {database.Sql.AnyOf("l.branch", "@branches")}", new { branches = branches.ToArray() }, cancellation);

    /// <summary>The whole message of one branch; null: it never spoke.</summary>
    public Task<string?> MessageAsync(long branch, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>("select data from live where branch = @branch", new { branch }), cancellation);

    private Task<IReadOnlyList<LiveRow>> ReadAsync(string sql, object? parameters, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<LiveRow>>(
        async connection => [.. await connection.QueryAsync<LiveRow>(sql, parameters)], cancellation);

    private async Task TellAsync(DbTransaction t, IEnumerable<long> branches)
    {
        if (database.Sql == Dialect.Postgres)
        {
            foreach (long[] some in branches.Chunk(IdsInOneNote))
            {
                string note = string.Join(',', some.Select(i => i.ToString(CultureInfo.InvariantCulture)));
                await t.Connection!.ExecuteAsync("select pg_notify(@Channel, @note)", new { Channel, note }, t);
            }
        }
    }

    private static object[] RowOf(long branch, ReadLive of, long now)
    {
        LiveMessage live = of.Live;
        string title = live.Name.GetValueOrDefault("en") ?? live.Name.Values.FirstOrDefault() ?? "";
        return
        [
            branch, StorableText.Of(live.Journal), live.Online ? 1L : 0L, live.Beat, live.At, now, (long)live.Waiting, (long)live.OverTarget, live.OldestSince ?? -1,
            (long)live.Counters.Count(c => c.Phase is not CounterPhase.Closed and not CounterPhase.Paused), (long)live.Units.Count(u => u.MissingSince is not null),
            (long)live.Faults.Count, StorableText.Of(live.Version), StorableText.Of(title), StorableText.Of(live.TimeZone ?? ""), CodesOf(live),
            of.Text,
        ];
    }

    /// <summary>One for each fault, and the clock's: a hub tells it apart from its faults.</summary>
    private static string CodesOf(LiveMessage live) => StorableText.Of(string.Join(',', live.Faults.Select(f => f.Code).Where(c => c.Length is > 0 and <= 64 && !c.Contains(','))
        .Append(live.ClockTrusted ? "" : ClockNotTrusted).Where(c => c.Length > 0).Take(MostCodes)));
}
