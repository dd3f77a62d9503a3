using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Presence;
using EdgeQueue.Hub.Publishing;

namespace EdgeQueue.Hub.Web;

/// <summary>The branch as the page shows it: immutable, taken by the loop, read by anybody.</summary>
/// <param name="Aside">The first of them.</param>
/// <param name="Parked">How many are aside.</param>
public sealed record HubPicture(
    string Branch, BranchStatusMessage Status, bool Connected, IReadOnlyList<CounterMessage> Counters,
    IReadOnlyList<QueuePicture> Queues, IReadOnlyList<WaitingPicture> Waiting, IReadOnlyList<UnitPicture> Units,
    IReadOnlyList<ExplainedCall> Calls, BranchClock Clock, WaitBoard? Waits, long MadeAt, LoadedBranch Loaded, int OverTarget,
    IReadOnlyList<AsidePicture> Aside, int Parked);

/// <param name="OldestMs">How long the first of it has waited.</param>
public sealed record QueuePicture(string Service, string Name, int Waiting, long? OldestMs, long TargetMs);

/// <param name="Operator">Whom it waits for; null: anybody.</param>
public sealed record WaitingPicture(long Visit, string Label, string Service, long WaitMs, long TargetMs, int Priority, string? Operator = null);

/// <param name="Until">Branch time at which it waits again; null: when somebody resumes it.</param>
public sealed record AsidePicture(long Visit, string Label, string Service, long? Until);

/// <param name="Image">Of its device's system; null: it has not said, or runs none of ours.</param>
public sealed record UnitPicture(string Unit, string Role, bool Online, string? Version, string? Image);

/// <summary>Holds the latest picture.</summary>
public sealed class HubPictures(TimeProvider time, Func<WaitBoard?> waits)
{
    /// <summary>Waiting visits in a picture: what the cloud is told; the page shows the first of them.</summary>
    private const int WaitingTold = LiveMessage.MostVisits;

    private const int AsideTold = 200;

    private HubPicture? _latest;

    /// <summary>Null before the first heartbeat.</summary>
    public HubPicture? Latest => Volatile.Read(ref _latest);

    /// <summary>Time since the loop made it: a loop that hangs is seen here.</summary>
    public TimeSpan Age => Latest is { } picture ? time.GetElapsedTime(picture.MadeAt) : TimeSpan.MaxValue;

    public void Take(
        LiveBranch live, LoadedBranch branch, BranchStatusMessage status, UnitPresence presence, CallHistory history, bool connected)
    {
        BranchState state = live.State;
        Visit[] waiting = [.. state.Visits.Where(v => v.Phase == VisitPhase.Waiting)];
        Visit[] aside = [.. state.Visits.Where(v => v.Phase == VisitPhase.Parked)];
        Dictionary<string, long> oldest = waiting.GroupBy(v => v.Service).ToDictionary(g => g.Key, g => g.Min(v => v.Place.Since.Milliseconds));
        Volatile.Write(ref _latest, new HubPicture(
            branch.TextOf(branch.Configuration.Name, null), status, connected,
            [.. branch.Configuration.Counters.Select(c => CounterFace.Of(c, state, status.Journal, status.Seq))],
            [.. branch.Configuration.Services.Select(s => new QueuePicture(
                s.Id, branch.TextOf(s.Name, null), state.WaitingFor(s.Id),
                oldest.TryGetValue(s.Id, out long since) ? status.At - since : null, s.TargetWaitSeconds * 1000L))],
            [.. waiting.OrderBy(v => v.Place.Since).ThenBy(v => v.Number).Take(WaitingTold).Select(v => new WaitingPicture(
                v.Number, v.Label, v.Service, Math.Max(0, status.At - v.Place.Since.Milliseconds), v.Place.TargetMs, v.Place.Priority, v.Place.BoundOperator))],
            [.. branch.Units.Where(u => u.Unit.Console is null).Select(u => new UnitPicture(
                u.Address.ToString(), u.Unit.Role, presence.Of(u.Address) is { Online: true }, presence.Of(u.Address)?.Version, presence.Of(u.Address)?.Image))],
            history.Latest(), state.Clock, waits(), time.GetTimestamp(), branch,
            waiting.Count(v => status.At - v.Place.Since.Milliseconds > v.Place.TargetMs),
            [.. aside.Take(AsideTold).Select(v => new AsidePicture(v.Number, v.Label, v.Service, v.ParkedUntil?.Milliseconds))], aside.Length));
    }
}
