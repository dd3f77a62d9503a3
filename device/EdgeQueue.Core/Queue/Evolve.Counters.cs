using System.Runtime.InteropServices;

namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void Opened(BranchState state, CounterOpened e)
    {
        state.PlannedEnds.Remove(e.Counter);
        state.PausesOrdered.Remove(e.Counter);
        Shows(state, state.Counter(e.Counter) with
        {
            Phase = CounterPhase.Open, Operator = e.Operator, WorkProfile = e.WorkProfile, PauseReason = null, Since = e.At,
        });
    }

    private static void Paused(BranchState state, CounterPaused e)
    {
        state.PausesOrdered.Remove(e.Counter);
        if (e.Until is { } until)
        {
            state.PlannedEnds[e.Counter] = until;
        }

        Shows(state, state.Counter(e.Counter) with { Phase = CounterPhase.Paused, PauseReason = e.Reason, Since = e.At });
    }

    private static void Closed(BranchState state, CounterClosed e)
    {
        state.PlannedEnds.Remove(e.Counter);
        state.PausesOrdered.Remove(e.Counter);
        Shows(state, state.Counter(e.Counter) with
        {
            Phase = CounterPhase.Closed, Operator = null, WorkProfile = null, PauseReason = null, Since = e.At,
        });
    }

    /// <summary>The counter shows something else now: whoever pressed a key before this has not seen it.</summary>
    private static void Shows(BranchState state, Counter counter) =>
        state.CountersById[counter.Id] = counter with { Version = counter.Version + 1 };

    /// <summary>The counter shows this visit now.</summary>
    private static void Shows(BranchState state, string id, long visit)
    {
        ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(state.CountersById, id, out _);
        counter = (counter ?? Counter.Untouched(id)) with { Visit = visit, Version = (counter?.Version ?? 0) + 1 };
    }
}
