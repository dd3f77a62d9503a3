namespace EdgeQueue.Core.Queue;

/// <summary>Pauses with a reason and a planned length, and those of a console that locks.</summary>
internal static class PauseDecisions
{
    /// <summary>The reason of a pause that a locked console began: only such a one ends with the lock.</summary>
    public const string Locked = "locked";

    private const int LongestReason = 256;
    private const int LongestPause = 1440;

    public static Decision Pause(BranchState state, PauseCounter c) =>
        Checks.At(state, c.Counter, c.Seen, out var counter) is { } refusal ? Decision.Refuse(refusal)
        : counter.Visit is not null ? Decision.Refuse(Refusal.CounterBusy)
        : counter.Phase == CounterPhase.Paused ? Decision.Refuse(Refusal.CounterPaused)
        : c.Reason.Length > LongestReason
            ? Decision.Refuse(Refusal.Invalid($"A reason has at most {LongestReason} characters."))
        : c.Minutes is < 1 or > LongestPause
            ? Decision.Refuse(Refusal.Invalid($"A pause is planned for 1 to {LongestPause} minutes, or not at all."))
        : Decision.Accept(Paused(state, c.Counter, c.Reason, c.Minutes, c.At));

    public static Decision Lock(BranchState state, BranchRules rules, LockConsole c)
    {
        var counter = state.Counter(c.Counter);
        if (counter.Version == 0 && !rules.Counters.ContainsKey(c.Counter))
        {
            return Decision.Refuse(Refusal.UnknownCounter(c.Counter));
        }

        var ordered = state.PausesOrdered.ContainsKey(c.Counter);
        return (c.Locked, counter.Phase) switch
        {
            (_, CounterPhase.Closed) => Decision.Refuse(Refusal.CounterClosed),
            (true, CounterPhase.Open) when counter.Visit is null => Decision.Accept(Paused(state, c.Counter, Locked, null, c.At)),
            (true, CounterPhase.Open) when !ordered => Decision.Accept(new PauseOrdered(c.Counter, Locked, c.At)),
            (false, CounterPhase.Open) when ordered => Decision.Accept(new PauseOrderWithdrawn(c.Counter, c.At)),
            (false, CounterPhase.Paused) when counter.PauseReason == Locked =>
                Decision.Accept(new CounterOpened(c.Counter, counter.Operator!, counter.WorkProfile!, null, c.At)),
            // Locked twice, unlocked twice, or paused for another reason, which a console does not know.
            _ => Decision.Accept(),
        };
    }

    /// <summary>Pauses that waited for a customer to leave.</summary>
    public static void Due(BranchState state, Moment at, List<Event> events)
    {
        if (state.PausesOrdered.Count == 0)
        {
            return;
        }

        foreach (var (id, reason) in state.PausesOrdered)
        {
            if (state.Counter(id) is { Phase: CounterPhase.Open, Visit: null })
            {
                events.Add(Paused(state, id, reason, null, at));
            }
        }
    }

    private static CounterPaused Paused(BranchState state, string counter, string reason, int? minutes, Moment at)
    {
        long? planned = minutes * 60_000L ?? (state.VisitRules.PlannedPauses?.TryGetValue(reason, out var ms) == true ? ms : null);
        return new(counter, reason, at, planned is { } length ? new Moment(at.Milliseconds + length) : null);
    }
}
