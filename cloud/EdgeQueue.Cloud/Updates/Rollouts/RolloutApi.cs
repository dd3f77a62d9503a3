using System.Globalization;
using System.Text.Json.Serialization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <param name="Items">The newest first.</param>
/// <param name="Next">The next part's cursor; null: this is the last.</param>
internal sealed record RolloutList(IReadOnlyList<RolloutItem> Items, string? Next);

/// <param name="State">running, paused, stopped (by itself: too many branches failed), ended (by somebody), done.</param>
/// <param name="Reason">Why it is stopped; '': it is not.</param>
/// <param name="Stage">Which one is at it, from 1.</param>
internal sealed record RolloutItem(long Id, string Title, string State, string Reason, int Stage, int Stages, IReadOnlyList<BundleItem> Bundles, DateTimeOffset MadeAt);

/// <param name="Compatible">Kind of image.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 digits in lower case.</param>
/// <param name="Address">https://…, where the hubs fetch it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BundleItem(string? Compatible, string? Version, long? Size, string? Sha256, string? Address);

/// <param name="Troubled">Branches that failed, then those that are at it; the first 100.</param>
/// <param name="TroubledInAll">How many such branches there are.</param>
internal sealed record RolloutState(
    RolloutItem Rollout, long MostFailures, double PauseHours, IReadOnlyList<StageItem> Stages, IReadOnlyList<RolloutBranchItem> Troubled, long TroubledInAll);

/// <param name="Region">'': of all branches.</param>
/// <param name="Told">Hubs that have said that they know of it.</param>
internal sealed record StageItem(string Region, int Percent, long Branches, long Told, long Done, long Failed);

/// <param name="State">failed, or busy.</param>
/// <param name="Says">What its hub says, in words.</param>
internal sealed record RolloutBranchItem(string Branch, int Stage, string State, long Devices, long Done, string Says, DateTimeOffset? SaidAt);

/// <param name="Stages">Null: 1, 10, 50 and 100 percent of all branches.</param>
/// <param name="MostFailures">More failed branches stop it; null: none may fail.</param>
/// <param name="PauseHours">Between two stages, 0 to 1,440; null: 24.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MakeRollout(string? Title, IReadOnlyList<BundleItem>? Bundles, IReadOnlyList<StageWish>? Stages, long? MostFailures, long? PauseHours);

/// <param name="Percent">1 to 100, with the branches of the stages before.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StageWish(int? Percent, string? Region);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RolloutList))]
[JsonSerializable(typeof(RolloutState))]
[JsonSerializable(typeof(RolloutItem))]
[JsonSerializable(typeof(MakeRollout))]
internal sealed partial class RolloutApiJson : JsonSerializerContext;

/// <summary>Roll-outs for programs. One at a time is unfinished; one that is asked for again, also after its end, is the same.</summary>
internal sealed class RolloutApi(RolloutStore store)
{
    private const int MostListed = 100;

    private const int MostBranches = 100;

    private const long Hour = 3_600_000;

    private static readonly StageWish[] Usual = [new(1, null), new(10, null), new(50, null), new(100, null)];

    /// <param name="cursor">The last roll-out of the part before.</param>
    public async Task<IResult> ListAsync(KeyInUse key, string? cursor, int? limit, CancellationToken gone)
    {
        if (Foreign(key) is { } refused)
        {
            return refused;
        }

        long before = long.MaxValue;
        if (limit is < 1 or > MostListed || (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before)))
        {
            return ApiFault.Wrong($"'limit' is 1 to {MostListed}, 'cursor' is what 'next' was.");
        }

        int most = limit ?? 20;
        IReadOnlyList<Rollout> found = await store.LatestAsync(most + 1, gone, before);
        return TypedResults.Ok(new RolloutList([.. found.Take(most).Select(Item)], found.Count > most ? found[most - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    public async Task<IResult> OneAsync(KeyInUse key, long id, CancellationToken gone)
    {
        if (Foreign(key) is { } refused)
        {
            return refused;
        }

        if (await store.OneAsync(id, gone) is not { } rollout)
        {
            return Unknown;
        }

        IReadOnlyList<RolloutBranch> troubled = await store.BranchesAsync(id, MostBranches, gone);
        Dictionary<long, StageCount> counts = (await store.CountsAsync(id, gone)).ToDictionary(c => c.Stage);
        return TypedResults.Ok(new RolloutState(
            Item(rollout), rollout.MostFailures, rollout.PauseMs / (double)Hour,
            [.. rollout.Stages.Select((s, i) => counts.GetValueOrDefault(i) is { } c ? new StageItem(s.Region, s.Percent, c.Branches, c.Told, c.Done, c.Failed) : new StageItem(s.Region, s.Percent, 0, 0, 0, 0))],
            [.. troubled.Select(b => new RolloutBranchItem(
                b.Name, (int)b.Stage + 1, b.Outcome == "failed" ? "failed" : "busy", b.Devices, b.Done, b.Said, b.SaidAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(b.SaidAt)))],
            troubled.Count == 0 ? 0 : troubled[0].InAll));
    }

    public async Task<IResult> MakeAsync(KeyInUse key, string? chosen, MakeRollout body, HttpContext context)
    {
        if (Foreign(key) is { } refused)
        {
            return refused;
        }

        if (TicketApi.IdOf(key, "rollout", chosen) is not { } asked)
        {
            return ApiFault.Wrong($"The header {TicketApi.Header} is needed: 1 to {TicketApi.LongestIdempotencyKey} characters that are new for each roll-out. Sent again, it is the same roll-out.");
        }

        var wanted = new NewRollout(
            StorableText.Of(body.Title?.Trim() ?? ""), [.. (body.Bundles ?? []).Select(b => new WishedBundle(b?.Compatible ?? "", b?.Version ?? "", b?.Size ?? 0, b?.Sha256 ?? "", b?.Address ?? ""))],
            [.. (body.Stages ?? Usual).Select(s => new RolloutStage(Forms.Region(StorableText.Of(s?.Region ?? "")) ?? "\0", s?.Percent ?? 0))], body.MostFailures ?? 0, Math.Clamp(body.PauseHours ?? 24, -1, 1_000_000) * Hour);
        if (wanted.WhyNot() is { } fault)
        {
            return ApiFault.Wrong(fault);
        }

        MadeRollout made = await store.MakeAsync(wanted, Actor.Of(context), context.RequestAborted, asked);
        return made switch
        {
            { Id: { } id, Fault: null } => TypedResults.Created(FormattableString.Invariant($"/api/v1/rollouts/{id}"), Item((await store.OneAsync(id, context.RequestAborted))!)),
            { Id: not null } => ApiFault.Refused("otherContent", $"This {TicketApi.Header} was used for another roll-out. Take a new one."),
            _ => ApiFault.Refused("notNow", made.Fault!),
        };
    }

    public async Task<IResult> PutAsync(KeyInUse key, long id, RolloutPhase phase, HttpContext context) =>
        Foreign(key) is { } refused ? refused
        : await store.PutAsync(id, phase, Actor.Of(context), context.RequestAborted) ? Results.NoContent()
        : await store.OneAsync(id, context.RequestAborted) is null ? Unknown
        : ApiFault.Refused("otherState", "It is in another state, or another roll-out is not finished.");

    private static IResult Unknown => ApiFault.Nothing("No such roll-out", "It was never made here.");

    /// <summary>A roll-out concerns all branches, and so does what is said of it.</summary>
    private static IResult? Foreign(KeyInUse key) => key.Sees == VisibleBranches.All ? null
        : Results.Problem("Roll-outs concern all branches, and this key is of one region.", statusCode: 403, title: "Not for this key");

    private static RolloutItem Item(Rollout of) => new(
        of.Id, of.Title, of.Standing.Phase.ToString().ToLowerInvariant(), of.Standing.Reason, of.Standing.Stage + 1, of.Stages.Count,
        [.. of.Bundles.Select(b => new BundleItem(b.Compatible, b.Version, b.Size, b.Sha256, b.Address))], DateTimeOffset.FromUnixTimeMilliseconds(of.MadeAt));
}
