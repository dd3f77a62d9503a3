namespace EdgeQueue.Core.Queue;

/// <summary>
/// Calls of one zone do not pile up on its loudspeaker and board. A call within the zone's spacing is made at once (nobody is
/// skipped, and the counter shows it), but shown and spoken when its turn comes, by Tick.
/// </summary>
internal static class CallPacing
{
    /// <summary>The call, and that it is held when another of its zone was a moment ago.</summary>
    public static IReadOnlyList<Event> Announced(BranchState state, BranchRules rules, VisitCalled called) =>
        Held(state, rules, called.Visit, called.Zone, called.At) is { } held ? [called, held] : [called];

    public static CallHeld? Held(BranchState state, BranchRules rules, long visit, string zone, Moment at)
    {
        if (rules.Visits?.CallSpacing is not { } spacings || !spacings.TryGetValue(zone, out var spacing) || LastOf(state, zone) is not { } last)
        {
            return null;
        }

        var turn = last.Milliseconds + spacing;
        return turn > at.Milliseconds ? new CallHeld(visit, zone, new Moment(turn), at) : null;
    }

    /// <summary>Those whose turn has come, in their order.</summary>
    public static void Due(BranchState state, Moment at, List<Event> events)
    {
        foreach (var held in state.HeldCalls.Values.Where(h => h.Until <= at).OrderBy(h => h.Until).ThenBy(h => h.Visit))
        {
            events.Add(new CallAnnounced(held.Visit, held.Counter, at));
        }
    }

    /// <summary>When the last call of a zone was or will be announced.</summary>
    private static Moment? LastOf(BranchState state, string zone)
    {
        Moment? last = null;
        foreach (var held in state.HeldCalls.Values)
        {
            if (held.Zone == zone && !(held.Until < last))
            {
                last = held.Until;
            }
        }

        foreach (var call in state.RecentCalls(zone))
        {
            if (!state.HeldCalls.ContainsKey(call.Visit) && !(call.At < last))
            {
                last = call.At;
            }
        }

        return last;
    }
}

/// <summary>A call that is not announced yet.</summary>
public sealed record HeldCall(long Visit, string Counter, string Zone, Moment Until);
