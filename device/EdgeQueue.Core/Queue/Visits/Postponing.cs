namespace EdgeQueue.Core.Queue;

/// <summary>Somebody who waits needs a little more time: they are passed over for the policy's minutes and wait on at their place.</summary>
/// <param name="Label">As <see cref="CancelVisit.Label"/>.</param>
public sealed record Postpone(long Visit, Moment At, string? Label = null) : Command(At);

/// <summary>Who waits is aside for a while, because they said so; Tick brings them back (<see cref="VisitResumed"/>).</summary>
/// <param name="Times">How often in this visit, from 1.</param>
/// <param name="Place">Where it waits on afterwards: the same place, out of a buffer.</param>
public sealed record VisitPostponed(long Visit, int Times, Place Place, Moment Until, Moment At) : Event(At);

/// <param name="Minutes">So long they are passed over, 1 … 120.</param>
/// <param name="Times">How often in a visit, 1 … 9.</param>
public sealed record MoreTime(int Minutes, int Times);

/// <summary>Only who waits may ask for it: who is called has a counter that waits for them, and who is aside has time.</summary>
internal static class PostponeDecisions
{
    public static Decision Postpone(BranchState state, BranchRules rules, Postpone c)
    {
        if (rules.Visits?.MoreTime is not { } policy)
        {
            return Decision.Refuse(Refusal.NoMoreTimeHere);
        }

        if (state.Find(c.Visit) is not { Present: true } visit || (c.Label is { } label && label != visit.Label))
        {
            return Decision.Refuse(Refusal.UnknownVisit);
        }

        if (visit.Phase != VisitPhase.Waiting)
        {
            return Decision.Refuse(Refusal.NotWaiting(visit.Label));
        }

        var before = state.Facts(c.Visit)?.Postponed ?? 0;
        return before >= policy.Times
            ? Decision.Refuse(Refusal.HadMoreTime(visit.Label))
            : Decision.Accept(new VisitPostponed(c.Visit, before + 1, BufferName.Left(visit.Place), c.At + TimeSpan.FromMinutes(policy.Minutes), c.At));
    }
}

public sealed partial record Refusal
{
    public static Refusal NoMoreTimeHere { get; } = new("noMoreTime", "This branch does not keep places. Give the ticket up and take another one later.");

    public static Refusal HadMoreTime(string label) => new("hadMoreTime", $"{label} was given more time already, as often as it may be.");
}

public static partial class Evolve
{
    private static void Postponed(BranchState state, VisitPostponed e)
    {
        state.HeldCalls.Remove(e.Visit);
        var visit = Moved(state, e.Visit, VisitPhase.Parked, e.Place, e.At) with { ParkedUntil = e.Until };
        state.VisitsByNumber[e.Visit] = visit;
        state.ParkEnds.Add((e.Until.Milliseconds, visit.Number));
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with { Postponed = e.Times };
    }
}
