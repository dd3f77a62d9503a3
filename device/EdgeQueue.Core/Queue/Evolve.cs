namespace EdgeQueue.Core.Queue;

/// <summary>
/// The only way in which the state changes. An event says all that it takes: nothing here looks at the rules, so that a journal
/// replays the same under any configuration (DESIGN §5).
/// </summary>
public static partial class Evolve
{
    public static void Apply(BranchState state, Event happened)
    {
        switch (happened)
        {
            case TicketIssued e: Issued(state, e); break;
            case TicketRelabelled e: Relabelled(state, e); break;
            case TicketPrintReported e: PrintReported(state, e); break;
            case CopyRequested: break;
            case VisitCalled e: Called(state, e); break;
            case VisitRecalled e: Recalled(state, e); break;
            case VisitArrived e: Arrived(state, e); break;
            case TransactionFinished e: Finished(state, e); break;
            case VisitEnded e: Ended(state, e); break;
            case VisitRequeued e: Requeued(state, e); break;
            case VisitTransferred e: Transferred(state, e); break;
            case VisitParked e: Parked(state, e); break;
            case VisitResumed e: Moved(state, e.Visit, VisitPhase.Waiting, e.Place, e.At); break;
            case VisitReinstated e: Reinstated(state, e); break;
            case VisitRestored e: Restored(state, e); break;
            case ServiceChanged e: ServiceChanged(state, e); break;
            case PriorityChanged e: PriorityChanged(state, e); break;
            case CounterOpened e: Opened(state, e); break;
            case CounterPaused e: Paused(state, e); break;
            case CounterClosed e: Closed(state, e); break;
            case NumbersLeased e: Leased(state, e); break;
            case LeaseRevoked e: Revoked(state, e); break;
            case LeaseEnded e: state.LeasesById.Remove(e.Lease); break;
            case DayOpened e: DayOpened(state, e); break;
            case DayClosingPlanned e: state.ClosesAt = e.ClosesAt; break;
            case DayClosed: break;
            case ClockStepped e: ClockStepped(state, e); break;
            case JourneyPlanned e: Planned(state, e); break;
            case LiveVisitBegun e: Live(state, e); break;
            case VisitMissed e: Missed(state, e); break;
            case VisitPostponed e: Postponed(state, e); break;
            case VisitRedirected e: Redirected(state, e); break;
            case PauseOrdered e: state.PausesOrdered[e.Counter] = e.Reason; break;
            case PauseOrderWithdrawn e: state.PausesOrdered.Remove(e.Counter); break;
            case VisitPrecalled e: Precalled(state, e); break;
            case CallHeld e: Held(state, e); break;
            case CallAnnounced e: Announced(state, e); break;
            case VisitDescribed e: Described(state, e); break;
            case BookingPlaced e: Placed(state, e); break;
            case BookingWithdrawn e: Withdrawn(state, e); break;
            case BookingsApplied e: state.BookingsVersion = e.Version; break;
            case BookingCheckedIn e: CheckedIn(state, e); break;
            case BookingLapsed e: Became(state, e.Booking, BookingState.Lapsed, e.At); break;
            case BookingReopened e: Reopened(state, e); break;
            case BookingsHeldBack: break;
            case MeanServiceLearned e: state.LearnedMeans[e.Service] = e.MeanMs; break;
            case WishesTold e: Replaced(state, e.Visit, e.Place, false); break;
            case PersonWaitEnded e: Replaced(state, e.Visit, e.Place, false); break;
            case RulesApplied e: RulesApplied(state, e); break;
            case JournalForked e: Forked(state, e); break;
            case EvacuationStarted: state.Evacuating = true; break;
            case EvacuationEnded: state.Evacuating = false; break;
            default: throw new NotSupportedException($"This release does not know the event {happened.GetType().Name}.");
        }
    }

    public static void Apply(BranchState state, IEnumerable<Event> happened)
    {
        foreach (var e in happened)
        {
            Apply(state, e);
        }
    }

    private static void RulesApplied(BranchState state, RulesApplied e)
    {
        state.Rules = e.Rules;
        state.Waiters.ForgetProfiles();
    }

    private static void DayOpened(BranchState state, DayOpened e)
    {
        state.Day = e.Day;
        state.DayOpenedAt = e.At;
        state.ClosesAt = e.ClosesAt;
        state.NextNumbers.Clear();
        if (e.Day > state.ForkedOnDay + 1)
        {
            state.ForkSkip = 0;
            state.ForkNext.Clear();
        }

        foreach (var visit in state.VisitsByNumber.Values.Where(v => !v.Present).ToList())
        {
            Forget(state, visit);
            if (state.VisitsByLabel.GetValueOrDefault(visit.Label) == visit.Number)
            {
                state.VisitsByLabel.Remove(visit.Label);
            }
        }

        ForgetVisits(state, e);
        foreach (var press in state.Presses.Values.Where(p => p.Day < e.Day - 1 && state.Find(p.Visit) is null).ToList())
        {
            state.Presses.Remove(press.Press);
        }

        // Yesterday's releases are history; a board keeps who is at a counter still.
        foreach (var counter in state.CountersById.Values.Where(c => c.LastRelease is not null).ToList())
        {
            state.CountersById[counter.Id] = counter with { LastRelease = null };
        }

        foreach (var board in state.CallsByZone.Values)
        {
            board.Keep(c => state.Find(c.Visit) is { AtCounter: true });
        }
    }

    /// <summary>
    /// Numbers, visits and leases that the lost events may have given are stepped over, today and, since the lost events
    /// may have opened it already, on the next day.
    /// </summary>
    private static void Forked(BranchState state, JournalForked e)
    {
        var told = (e.Next ?? []).ToDictionary(n => n.Prefix, n => n.Next);
        foreach (var numbers in new[] { state.NextNumbers, state.ForkNext })
        {
            foreach (var (prefix, next) in numbers.ToList())
            {
                numbers[prefix] = told.TryGetValue(prefix, out var least)
                    ? Math.Max(next, least)
                    : (int)Math.Min(int.MaxValue, next + (long)e.Skip);
            }
        }

        foreach (var (prefix, least) in told)
        {
            state.ForkNext[prefix] = Math.Max(state.ForkNext.GetValueOrDefault(prefix), least);
        }

        state.ForkSkip = (int)Math.Min(int.MaxValue, state.ForkSkip + (long)e.Skip);
        state.ForkedOnDay = state.Day;
        state.LastVisit += e.Skip;
        state.LastLease += e.Skip;
    }
}
