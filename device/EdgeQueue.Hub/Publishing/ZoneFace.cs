using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Publishing;

/// <summary>What a zone's boards show and what its loudspeakers say, made from the state.</summary>
internal static class ZoneFace
{
    public static BoardMessage Board(
        ZoneConfiguration zone, LoadedBranch branch, BranchState state, WaitBoard? waits, string journal, long seq) => new(
        1, journal, seq, zone.Id,
        [.. state.RecentCalls(zone.Id).Where(c => branch.Counter(c.Counter) is not null && IsShown(state, c.Visit)).Select(c => new BoardCall(
            c.Label, c.Counter, branch.Counter(c.Counter)!.Number, c.At.Milliseconds, c.Times,
            state.Find(c.Visit) is { Phase: VisitPhase.Serving } visit && visit.Counter == c.Counter))],
        WaitsIn(zone, branch, waits), Ahead(zone, branch, state));

    /// <summary>Who waits again (put back, transferred, parked) has nowhere to go yet: the counter of the last call is not theirs.</summary>
    private static bool IsShown(BranchState state, long visit) =>
        !state.IsHeld(visit) && state.Facts(visit) is not { Live: true }
        && state.Find(visit) is not { Phase: VisitPhase.Waiting or VisitPhase.Parked };

    /// <summary>Of the services that some counter of this zone, or of one inside it, has.</summary>
    private static List<BoardWait>? WaitsIn(ZoneConfiguration zone, LoadedBranch branch, WaitBoard? waits)
    {
        if (waits is not { Futures: > 0 })
        {
            return null;
        }

        return
        [
            .. branch.ServicesOf(zone)
                .Select(s => (Service: s, Minutes: waits.Newcomer(s.Id, null))).Where(w => w.Minutes is not null)
                .Select(w => new BoardWait(w.Service.Id, w.Service.Name, w.Minutes!)),
        ];
    }

    private static IReadOnlyList<BoardPrecall>? Ahead(ZoneConfiguration zone, LoadedBranch branch, BranchState state)
    {
        BoardPrecall[] ahead =
        [
            .. from called in state.CalledAhead
               where !state.IsHeld(called.Visit.Number) && branch.Configuration.Buffers.Any(b => b.Id == called.Buffer && b.Zone == zone.Id)
               select new BoardPrecall(called.Visit.Label, called.Buffer),
        ];
        return ahead.Length == 0 ? null : ahead;
    }

    /// <summary>
    /// Calls whose customer has not arrived. The first call is spoken in the counter's zone; each repeat also one zone wider,
    /// as configured, because who did not hear it may be in the next room. Who is called ahead to a buffer that has a number hears it once.
    /// </summary>
    public static CallsMessage Calls(
        ZoneConfiguration zone, LoadedBranch branch, BranchState state, CallNumbers numbers, string journal, long seq)
    {
        IReadOnlyList<string> languages = branch.LanguagesOf(zone);
        var calls = new List<OpenCall>();
        foreach (CounterConfiguration configured in branch.Configuration.Counters)
        {
            if (state.VisitAt(state.Counter(configured.Id)) is { Phase: VisitPhase.Called } visit
                && !state.IsHeld(visit.Number)
                && branch.Widening(visit.Zone ?? configured.Zone).Take(Math.Max(1, visit.Calls)).Any(z => z.Id == zone.Id))
            {
                calls.Add(new OpenCall(
                    numbers.Of(visit.Number), visit.Label, configured.Id, configured.Number, configured.Place,
                    visit.LastCallAt.Milliseconds, visit.Calls, languages));
            }
        }

        foreach ((Visit ahead, string name) in state.CalledAhead)
        {
            if (!state.IsHeld(ahead.Number)
                && branch.Configuration.Buffers.FirstOrDefault(b => b.Id == name && b.Zone == zone.Id) is { Number: { } number } buffer)
            {
                calls.Add(new OpenCall(
                    numbers.Of(ahead.Number), ahead.Label, buffer.Id, number, buffer.Place,
                    state.Facts(ahead.Number)?.PrecalledAt?.Milliseconds ?? 0, 1, languages));
            }
        }

        calls.Sort((a, b) => a.Seq.CompareTo(b.Seq));
        return new CallsMessage(1, journal, seq, zone.Id, calls, state.Evacuating ? branch.Configuration.Evacuation : null);
    }
}
