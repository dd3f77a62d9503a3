using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using Phase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Hub.Publishing;

/// <summary>What a counter shows, made from the state.</summary>
internal static class CounterFace
{
    public static CounterMessage Of(CounterConfiguration configured, BranchState state, string journal, long seq)
    {
        Counter counter = state.Counter(configured.Id);
        Visit? visit = state.VisitAt(counter);
        Phase phase = (counter.Phase, visit?.Phase) switch
        {
            (_, VisitPhase.Called) => Phase.Called,
            (_, VisitPhase.Serving) => Phase.Serving,
            (Core.Queue.CounterPhase.Closed, _) => Phase.Closed,
            (Core.Queue.CounterPhase.Paused, _) => Phase.Paused,
            _ => Phase.Idle,
        };
        return new CounterMessage(
            1, journal, seq, configured.Id, configured.Number, counter.Version, phase, counter.Operator,
            visit?.Label, visit?.Number, visit?.Service, visit?.Calls ?? 0, visit?.LastCallAt.Milliseconds,
            counter.PauseReason, state.WaitingAt(configured.Id), state.PausedUntil(configured.Id)?.Milliseconds);
    }
}
