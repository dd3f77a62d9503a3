using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// What the hub's clock does. The hub ticks twice a second and mostly nothing is due; here a tick is entered where something
/// will be, on the same beat, so that a day costs as many ticks as it has dues.
/// </summary>
public sealed partial class BranchRoll
{
    private const long BeatMs = 500;
    private const long TriesAgainMs = 10_000;
    private static readonly string Kept = Refusal.KeptForBooking("", "").Code;
    private readonly HashSet<long> _ticks = [];
    private long _dayEnds = long.MaxValue;

    private VisitRules? Life => State.Rules!.Visits;

    private bool FillsBuffers => Life?.Buffers is { Count: > 0 } buffers && buffers.Values.Any(b => b.Automatic);

    private void TickAt(long at)
    {
        var beat = (Math.Max(at, _now + 1) + BeatMs - 1) / BeatMs * BeatMs;
        if (_ticks.Add(beat))
        {
            Enter(beat, -1, DueKind.Tick, null);
        }
    }

    /// <summary>What the state itself has waiting for the clock when a roll begins.</summary>
    private void ForeseeTicks()
    {
        foreach (var (until, _) in State.ParkEnds)
        {
            TickAt(until);
        }

        foreach (var (until, _) in State.PersonWaits)
        {
            TickAt(until);
        }

        foreach (var held in State.HeldCalls.Values)
        {
            TickAt(held.Until.Milliseconds);
        }

        if (State.ClosesAt is { } closes)
        {
            DayEndsAt(closes);
        }

        if (FillsBuffers || Life?.AutoCall is not null)
        {
            TickAt(_now);
        }
    }

    // Days end for ever: when only that is to come, the roll is over.
    private bool OnlyDaysEnd => _dayEnds != long.MaxValue && _calendar.Count == 1;

    private void DayEndsAt(Moment closes)
    {
        if (_dayEnds == long.MaxValue)
        {
            _dayEnds = closes.Milliseconds;
            Enter(_dayEnds, -1, DueKind.Tick, null);
        }
    }

    private void ForeseeTicks(IReadOnlyList<Event> events)
    {
        var fills = FillsBuffers;
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case VisitParked { Until: { } until }:
                    TickAt(until.Milliseconds);
                    break;
                case VisitPostponed postponed:
                    TickAt(postponed.Until.Milliseconds);
                    break;
                case VisitRedirected redirected:
                    foreach (var due in new[] { redirected.Until, redirected.Place.BoundUntil }.OfType<Moment>())
                    {
                        TickAt(due.Milliseconds);
                    }

                    break;
                case CallHeld held:
                    TickAt(held.Until.Milliseconds);
                    break;
                case DayOpened { ClosesAt: { } closes }:
                    DayEndsAt(closes);
                    break;
                case DayClosingPlanned { ClosesAt: { } planned }:
                    DayEndsAt(planned);
                    break;
                case WishesTold { Place.BoundUntil: { } until }:
                    TickAt(until.Milliseconds);
                    break;
                case VisitTransferred { Place.BoundUntil: { } until }:
                    TickAt(until.Milliseconds);
                    break;
                case BookingPlaced placed:
                    TickAt(placed.Booking.SlotUtcMs - State.Clock.DisplayOffset
                        + CheckInDecisions.RulesOf(State.Rules!, placed.Booking.Service).LapseMs);
                    break;
                case TransactionFinished finished when Life?.AutoCall?.TryGetValue(finished.Counter, out var pause) == true:
                    TickAt(_now + pause);
                    break;
                case TicketIssued or VisitCalled or VisitEnded or VisitResumed when fills:
                    TickAt(_now);
                    break;
                default:
                    break;
            }
        }
    }

    private void Ticks()
    {
        _ticks.Remove(_now);
        _dayEnds = _now >= _dayEnds ? long.MaxValue : _dayEnds;
        var events = Do(new Tick(State.Clock, At())).Events;
        foreach (var called in events.OfType<VisitCalled>())
        {
            if (Array.Find(_desks, d => d.Id == called.Counter) is { } desk)
            {
                Takes(desk, called.Visit, events);
            }
        }

        // It makes one call at a time, and only when nothing else is due.
        if (events.Count > 0 && (FillsBuffers || Life?.AutoCall is not null))
        {
            TickAt(_now);
        }
    }
}
