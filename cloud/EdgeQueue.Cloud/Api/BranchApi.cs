using Dapper;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Api;

/// <summary>Branches, and how they are just now.</summary>
internal sealed class BranchApi(IDatabase database, LiveBoard board, LiveDetails details, TimeProvider time)
{
    public const int MostAtOnce = 200;

    /// <param name="cursor">The last branch of the part before.</param>
    public async Task<IResult> ListAsync(KeyInUse key, string? q, string? region, string? cursor, int? limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > MostAtOnce || (q?.Length ?? 0) > 60 || (region?.Length ?? 0) > 60 || (cursor is not null && !Topics.IsName(cursor)))
        {
            return ApiFault.Wrong($"'limit' is 1 to {MostAtOnce}, 'q' and 'region' have at most 60 characters, 'cursor' is what 'next' was.");
        }

        int most = limit ?? 50;
        Row[] rows = await database.ReadAsync(
            async c => (await c.QueryAsync<Row>(
                $"""
                select b.name as Name, {BranchTitle.Of} as Title, b.region as Region from {BranchTitle.Branches} where b.name > @after and {key.Sees.Condition(database.Sql)}
                  and (@region = '' or b.region = @region) and (@q = '' or lower(b.name) like @like escape '!' or lower({BranchTitle.Of}) like @like escape '!') order by b.name limit @take
                """,
                new { after = cursor ?? "", region = StorableText.Of(region ?? ""), q = q ?? "", like = Like(q ?? ""), take = most + 1L, key.Sees.Regions, key.Sees.Branches })).ToArray(), cancellation);
        return TypedResults.Ok(new BranchList([.. rows.Take(most).Select(r => Item(r.Name, r.Title, r.Region))], rows.Length > most ? rows[most - 1].Name : null));
    }

    public async Task<IResult> OneAsync(KeyInUse key, string branch, CancellationToken cancellation) =>
        await FindAsync(key, branch, cancellation) is not var (row, live) ? ApiFault.NoBranch : TypedResults.Ok(new BranchState(
            Item(row.Name, row.Title, row.Region), live.Day,
            [.. live.Services.Select(s => new ServiceState(s.Service, s.Names, s.Waiting, s.TargetMs / 1000, s.Minutes?.P50, s.Minutes?.P90))],
            [.. live.Counters.Select(c => new CounterState(c.Counter, c.Number, Phase(c.Phase), c.Label))]));

    public async Task<IResult> TicketAsync(KeyInUse key, string branch, string label, CancellationToken cancellation)
    {
        if (await FindAsync(key, branch, cancellation) is not var (_, live))
        {
            return ApiFault.NoBranch;
        }

        return live.Visits.FirstOrDefault(v => v.Label.Equals(label, StringComparison.OrdinalIgnoreCase)) is not { } visit
            ? ApiFault.Nothing("No such ticket", "Nobody with this label waits or is being served in the branch now.")
            : TypedResults.Ok(new TicketState(
                branch, visit.Visit, visit.Label, visit.Service, visit.Serving ? "serving" : visit.Counter is not null ? "called" : visit.Ahead is not null ? "waiting" : "aside",
                visit.Ahead, visit.Minutes?.P50, visit.Minutes?.P90, visit.Counter));
    }

    /// <returns>Null: it has never reported, or is not one of the key's.</returns>
    public async Task<(LiveRow Row, LiveMessage Live)?> FindAsync(KeyInUse key, string branch, CancellationToken cancellation) =>
        Topics.IsName(branch) && await details.OfAsync(branch, cancellation) is { } found && key.Sees.Has(found.Row) ? found : null;

    private BranchItem Item(string name, string title, string region)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return board.Find(name) is { } row
            ? new(name, row.Title, region, row.IsThere(now), row.Waiting, row.OverTarget, row.LongestWaitMs(now) / 1000, row.CountersOpen, row.Missing, row.Faults, row.Version,
                DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(row.ReceivedAt, 0, 253_402_300_799_999)))
            : new(name, title, region, false, 0, 0, null, 0, 0, 0, "", null);
    }

    private static string Phase(CounterPhase phase) => phase switch
    {
        CounterPhase.Closed => "closed", CounterPhase.Paused => "paused", CounterPhase.Idle => "idle", CounterPhase.Called => "called", _ => "serving",
    };

    private static string Like(string text) =>
        "%" + StorableText.Of(text).ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";

    private sealed record Row(string Name, string Title, string Region);
}
