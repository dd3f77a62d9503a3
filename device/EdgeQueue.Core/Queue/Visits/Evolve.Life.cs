namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void Described(BranchState state, VisitDescribed e) =>
        Know(state, (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with
        {
            Attributes = e.Attributes.Count == 0 ? null : e.Attributes, People = e.People, Case = e.Case,
        });

    private static void Precalled(BranchState state, VisitPrecalled e)
    {
        Replaced(state, e.Visit, e.Place, false);
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with { PrecalledAt = e.HeardAt ?? e.At };
        CountTurn(state, e.Turn);
        if (e is { Zone: { } zone, HeardAt: { } later })
        {
            state.HeldCalls[e.Visit] = new HeldCall(e.Visit, e.Place.BoundCounter!, zone, later);
        }
        else if (e.Zone is not null)
        {
            state.SaidAhead[e.Zone] = e.At;
        }
    }

    private static void Planned(BranchState state, JourneyPlanned e) =>
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with
        {
            Steps = e.Steps.Count == 0 ? null : e.Steps, BestOrder = e.BestOrder, Taken = e.Taken, TakenAt = e.Taken is null ? null : e.At,
        };

    private static void Live(BranchState state, LiveVisitBegun e) =>
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with { Live = true };

    private static void Requeued(BranchState state, VisitRequeued e)
    {
        Moved(state, e.Visit, VisitPhase.Waiting, e.Place, e.At, putBack: true);
        state.PutBack.Add(e.Counter);
    }

    private static void Missed(BranchState state, VisitMissed e)
    {
        Moved(state, e.Visit, VisitPhase.Waiting, e.Place, e.At);
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with { Missed = e.Times, MissedAt = e.At };
    }

    /// <summary>A wrong NoShow was taken back: the chance that it used is there again.</summary>
    private static void GiveBackChance(BranchState state, long visit, Release? release)
    {
        if (release is not null && state.Facts(visit) is { MissedAt: { } at } facts && at == release.At)
        {
            state.FactsByVisit[visit] = facts with { Missed = facts.Missed - 1, MissedAt = null };
        }
    }

    private static void Held(BranchState state, CallHeld e)
    {
        var visit = state.VisitsByNumber[e.Visit];
        state.HeldCalls[e.Visit] = new HeldCall(e.Visit, (visit.AtCounter ? visit.Counter : visit.Place.BoundCounter)!, e.Zone, e.Until);
    }

    private static void Announced(BranchState state, CallAnnounced e)
    {
        var zone = state.HeldCalls.Remove(e.Visit, out var held) ? held.Zone : null;
        if (state.Find(e.Visit) is not { } visit)
        {
            return;
        }

        if (visit.AtCounter && visit.Counter == e.Counter)
        {
            var heard = visit with { LastCallAt = e.At };
            state.VisitsByNumber[e.Visit] = heard;
            Announce(state, heard, e.At);
        }
        else if (zone is not null && visit.Place.BoundCounter == e.Counter && state.Facts(e.Visit) is { } facts)
        {
            state.FactsByVisit[e.Visit] = facts with { PrecalledAt = e.At };
            state.SaidAhead[zone] = e.At;
        }
    }

    /// <summary>Into the buffer behind those who are there, or out of it.</summary>
    private static void EnterBuffer(BranchState state, Visit visit)
    {
        if (BufferName.Of(visit.Place) is not null)
        {
            state.Precalled.Add(visit.Number);
        }
    }

    private static void LeaveBuffer(BranchState state, Visit visit)
    {
        if (state.Precalled.Count > 0 && state.Precalled.Remove(visit.Number))
        {
            // Whoever is called on is not told any more to come to the buffer.
            state.HeldCalls.Remove(visit.Number);
        }
    }

    /// <summary>A ticket of the day's quota was given, or is free again.</summary>
    private static void Count(BranchState state, Visit visit, int tickets)
    {
        if (visit.Day == state.Day)
        {
            state.TicketsToday[visit.Service] = state.TicketsToday.GetValueOrDefault(visit.Service) + tickets;
        }
    }
}
