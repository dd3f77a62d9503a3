namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void Called(BranchState state, VisitCalled e)
    {
        ref var at = ref state.VisitsByNumber.Existing(e.Visit);
        var place = state.Precalled.Count == 0 ? at.Place : BufferName.Left(at.Place);
        var visit = Leave(state, at);
        var called = visit with
        {
            Durations = visit.DurationsAt(e.At),
            Phase = VisitPhase.Called,
            PhaseSince = e.At,
            Summons = new(e.Counter, e.Zone, 1, e.At),
            ParkedUntil = null,
            Place = place,
            // Whoever wanted the customer back has them.
            ReturnPlace = visit.ReturnPlace?.BoundOperator == e.Operator ? null : visit.ReturnPlace,
        };
        at = called;
        if (state.PutBack.Count > 0)
        {
            state.PutBack.Remove(e.Counter);
        }

        CountTurn(state, e.Turn);
        Shows(state, e.Counter, e.Visit);
        if (e.Auto == true)
        {
            FollowedBy(state, e);
        }

        Announce(state, called, e.At);
    }

    private static void Recalled(BranchState state, VisitRecalled e)
    {
        var visit = state.VisitsByNumber[e.Visit] with { Calls = e.Times, LastCallAt = e.At };
        state.VisitsByNumber[e.Visit] = visit;
        Shows(state, state.Counter(e.Counter));
        Announce(state, visit, e.At);
    }

    private static void Arrived(BranchState state, VisitArrived e)
    {
        state.HeldCalls.Remove(e.Visit);
        var visit = state.VisitsByNumber[e.Visit];
        state.VisitsByNumber[e.Visit] = visit with
        {
            Durations = visit.DurationsAt(e.At), Phase = VisitPhase.Serving, PhaseSince = e.At,
        };
        Shows(state, state.Counter(e.Counter));
    }

    private static void Finished(BranchState state, TransactionFinished e)
    {
        var visit = state.VisitsByNumber[e.Visit];
        var counter = state.Counter(e.Counter);
        var durations = visit.DurationsAt(e.At);
        var before = visit.Transactions.Aggregate(default(Durations), (sum, t) => sum + t.Durations);
        var transaction = new Transaction(
            e.Service, e.Counter, counter.Operator, e.At, durations - before, e.DeliveredServices, e.Outcome, e.Marks);
        state.CountersById[e.Counter] = counter with { Finishing = visit };
        state.VisitsByNumber[e.Visit] = visit with
        {
            Durations = durations, PhaseSince = e.At, Transactions = [.. visit.Transactions, transaction],
        };
    }

    private static void Ended(BranchState state, VisitEnded e)
    {
        var visit = Moved(state, e.Visit, VisitPhase.Ended, null, e.At);
        state.VisitsByNumber[e.Visit] = visit with { End = e.How, EndReason = e.Reason };
        Goes(state, e.Visit);
        if (e.Reason == PrintDecisions.Unprinted)
        {
            Count(state, visit, -1);
        }
    }

    private static void Parked(BranchState state, VisitParked e)
    {
        var visit = Moved(state, e.Visit, VisitPhase.Parked, null, e.At) with { ParkedUntil = e.Until };
        state.VisitsByNumber[e.Visit] = visit;
        if (e.Until is { } until)
        {
            state.ParkEnds.Add((until.Milliseconds, visit.Number));
        }
    }

    private static void Transferred(BranchState state, VisitTransferred e)
    {
        var old = state.VisitsByNumber[e.Visit].Place;
        var visit = Moved(state, e.Visit, VisitPhase.Waiting, e.Place, e.At);
        var back = e.Return && e.FromOperator is not null
            ? old with { BoundCounter = null, BoundOperator = e.FromOperator, Returning = true }
            : e.Place.Returning ? null : visit.ReturnPlace;
        state.VisitsByNumber[e.Visit] = visit with { ReturnPlace = back };
    }

    // The visit is as it was before the release: what passed since belongs to the phase it was in (a misclick must not
    // reset the service time). Its label and its paper are not undone.
    private static void Reinstated(BranchState state, VisitReinstated e)
    {
        var counter = state.Counter(e.Counter);
        var now = Leave(state, state.VisitsByNumber[e.Visit]);
        var last = counter.LastRelease;
        // The same press put back whom the counter had called; or an older journal, which knew one release only.
        var release = last?.Earlier is { } earlier && earlier.Before.Number == e.Visit && (last.At == e.At || last.Before.Number != e.Visit) ? earlier : last;
        var before = release?.Before ?? now;
        state.VisitsByNumber[e.Visit] = before with
        {
            Label = now.Label,
            LabelNumber = now.LabelNumber,
            Lease = now.Lease,
            Print = now.Print,
            Phase = e.Serving ? VisitPhase.Serving : VisitPhase.Called,
            Counter = e.Counter,
        };
        if (!now.Present)
        {
            Comes(state, e.Visit);
        }

        state.PutBack.Remove(e.Counter);
        GiveBackChance(state, e.Visit, release);
        Shows(state, counter with { Visit = e.Visit, LastRelease = release == last ? last?.Earlier : null });
    }

    // It was in the customer's hand all the time, so the time in between was waiting.
    private static void Restored(BranchState state, VisitRestored e)
    {
        var visit = state.VisitsByNumber[e.Visit];
        var between = Math.Max(0, e.At.Milliseconds - visit.PhaseSince.Milliseconds);
        var restored = visit with
        {
            Durations = visit.Durations.Plus(VisitPhase.Waiting, between),
            Phase = VisitPhase.Waiting,
            PhaseSince = e.At,
            Place = e.Place,
            End = null,
            EndReason = null,
        };
        state.VisitsByNumber[e.Visit] = restored;
        CameBack(state, e.Visit);
        Enter(state, restored);
        Comes(state, e.Visit);
        Count(state, restored, 1);
    }

    private static void Replaced(BranchState state, long number, Place place, bool prioritySet)
    {
        var inBuffer = BufferName.Of(place) is null ? -1 : state.Precalled.IndexOf(number);
        var held = inBuffer < 0 ? null : state.HeldCalls.GetValueOrDefault(number);
        var visit = Leave(state, state.VisitsByNumber[number]);
        var replaced = visit with { Place = place, PrioritySet = visit.PrioritySet || prioritySet };
        state.VisitsByNumber[number] = replaced;
        Enter(state, replaced);
        if (inBuffer >= 0 && place.BoundCounter == visit.Place.BoundCounter)
        {
            // Another priority is not another turn.
            state.Precalled.Remove(number);
            state.Precalled.Insert(inBuffer, number);
            if (held is not null)
            {
                state.HeldCalls[number] = held;
            }
        }
    }

    /// <summary>Out of the queue, the parking or the counter, into another phase.</summary>
    /// <param name="putBack">To make way for who was released before them, if they are called only.</param>
    private static Visit Moved(BranchState state, long number, VisitPhase phase, Place? place, Moment at, bool putBack = false)
    {
        var visit = Leave(state, state.VisitsByNumber[number]);
        if (visit.AtCounter)
        {
            state.HeldCalls.Remove(number);
            var counter = state.Counter(visit.Counter!);
            Shows(state, counter with
            {
                Visit = null,
                LastRelease = new(
                    counter.Finishing ?? visit, at, Earlier: putBack && counter.CalledInstead(visit) ? counter.LastRelease! with { Earlier = null } : null),
                Finishing = null,
            });
        }

        var moved = visit with
        {
            Durations = visit.DurationsAt(at), Phase = phase, PhaseSince = at, Place = place ?? visit.Place, ParkedUntil = null,
        };
        state.VisitsByNumber[number] = moved;
        Enter(state, moved);
        return moved;
    }

    /// <summary>Into the indexes of the phase that the visit is in.</summary>
    internal static void Enter(BranchState state, Visit visit)
    {
        if (visit.Phase == VisitPhase.Waiting)
        {
            state.Waiters.Add(visit.Place, visit.Number);
            EnterBuffer(state, visit);
            WaitForPerson(state, visit);
            if (visit is { Print: null, Calls: 0 })
            {
                state.Unprinted.Add((visit.IssuedAt.Milliseconds, visit.Number));
            }
        }
        else if (visit.Phase == VisitPhase.Parked)
        {
            state.Parked.Add(visit.Number);
            if (visit.ParkedUntil is { } until)
            {
                state.ParkEnds.Add((until.Milliseconds, visit.Number));
            }
        }
    }

    private static Visit Leave(BranchState state, Visit visit)
    {
        if (visit.Phase == VisitPhase.Waiting)
        {
            state.Waiters.Remove(visit.Place, visit.Number);
            LeaveBuffer(state, visit);
            WaitForPersonNoMore(state, visit);
            if (visit is { Print: null, Calls: 0 })
            {
                state.Unprinted.Remove((visit.IssuedAt.Milliseconds, visit.Number));
            }
        }
        else if (visit.Phase == VisitPhase.Parked)
        {
            state.Parked.Remove(visit.Number);
            if (visit.ParkedUntil is { } until)
            {
                state.ParkEnds.Remove((until.Milliseconds, visit.Number));
            }
        }

        return visit;
    }

    private static void Announce(BranchState state, Visit visit, Moment at)
    {
        if (!state.CallsByZone.TryGetValue(visit.Zone!, out var board))
        {
            state.CallsByZone[visit.Zone!] = board = new();
        }

        board.Show(new(visit.Number, visit.Label, visit.Counter!, visit.Calls, at));
    }
}
