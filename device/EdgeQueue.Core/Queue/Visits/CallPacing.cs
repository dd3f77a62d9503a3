namespace EdgeQueue.Core.Queue;

/// <summary>
/// What is said in one zone does not pile up on its loudspeaker and board. A call within the zone's spacing is made at once (nobody
/// is skipped, and the counter shows it), but shown and spoken when its turn comes, by Tick; who is called ahead to a buffer, too.
/// </summary>
internal static class CallPacing
{
    /// <summary>The call, and that it is held when another of its zone was a moment ago.</summary>
    public static IReadOnlyList<Event> Announced(BranchState state, BranchRules rules, VisitCalled called) =>
        Held(state, rules, called.Visit, called.Zone, called.At) is { } held ? [called, held] : [called];

    public static CallHeld? Held(BranchState state, BranchRules rules, long visit, string zone, Moment at) =>
        TurnOf(state, rules, visit, zone, at) is { } turn ? new CallHeld(visit, zone, turn, at) : null;

    /// <summary>When it is heard what is said to a visit in a zone now; null: at once.</summary>
    public static Moment? TurnOf(BranchState state, BranchRules rules, long visit, string zone, Moment at)
    {
        if (SpacingOf(rules, zone) is not { } spacing)
        {
            return null;
        }

        var last = LastSaid(state, zone);
        foreach (var held in state.HeldCalls.Values)
        {
            // What was to be said to the visit itself is not said any more.
            if (held.Zone == zone && held.Visit != visit && !(held.Until < last))
            {
                last = held.Until;
            }
        }

        return last is { } then && then.Milliseconds + spacing > at.Milliseconds ? new Moment(then.Milliseconds + spacing) : null;
    }

    /// <summary>Milliseconds between what is said in a zone; null: it is not paced.</summary>
    public static long? SpacingOf(BranchRules? rules, string zone) =>
        rules?.Visits?.CallSpacing is { } spacings && spacings.TryGetValue(zone, out var spacing) ? spacing : null;

    /// <summary>Those whose turn has come, in their order; nobody while people leave the building.</summary>
    public static void Due(BranchState state, Moment at, List<Event> events)
    {
        if (state.HeldCalls.Count == 0 || state.Evacuating)
        {
            return;
        }

        foreach (var held in InOrder(state))
        {
            if (held.Until <= at)
            {
                events.Add(new CallAnnounced(held.Visit, held.Counter, at));
            }
        }
    }

    /// <summary>An evacuation is over: what was held meanwhile gets new turns, in the old order, and is heard.</summary>
    public static IEnumerable<CallHeld> AfterEvacuation(BranchState state, Moment at)
    {
        var next = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var held in InOrder(state))
        {
            var spacing = SpacingOf(state.Rules, held.Zone) ?? 0;
            if (!next.TryGetValue(held.Zone, out var turn))
            {
                turn = Math.Max(at.Milliseconds, LastSaid(state, held.Zone) is { } last ? last.Milliseconds + spacing : 0);
            }

            turn = Math.Max(turn, held.Until.Milliseconds);
            next[held.Zone] = turn + spacing;
            yield return new CallHeld(held.Visit, held.Zone, new Moment(turn), at);
        }
    }

    private static IOrderedEnumerable<HeldCall> InOrder(BranchState state) =>
        state.HeldCalls.Values.OrderBy(h => h.Until).ThenBy(h => h.Visit);

    /// <summary>When something was last announced in a zone.</summary>
    private static Moment? LastSaid(BranchState state, string zone)
    {
        Moment? last = state.SaidAhead.TryGetValue(zone, out var ahead) ? ahead : null;
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
/// <param name="Counter">Where to; with a buffer's sign before it, somebody called ahead.</param>
public sealed record HeldCall(long Visit, string Counter, string Zone, Moment Until);
