using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>What became of a branch's bookings: who came when, who never did, how many there are on which half-hours.</summary>
public sealed class BookingHistory
{
    private readonly Dictionary<string, Booking> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Punctuality> _punctuality = [];

    /// <summary>Learned as missed; a clock that is set right may open them again.</summary>
    private readonly Dictionary<string, Booking> _lapsed = new(StringComparer.Ordinal);

    /// <summary>Opened again: their slot was counted already.</summary>
    private readonly HashSet<string> _reopened = new(StringComparer.Ordinal);

    /// <summary>Slots of bookings that came or were missed, by the service and segment that was booked.</summary>
    public ArrivalHistory Slots { get; } = new();

    /// <summary>Null: no booking of this service has come to its end.</summary>
    public Punctuality? Of(string service) => _punctuality.GetValueOrDefault(service);

    public void Learn(Event happened, BranchClock clock)
    {
        switch (happened)
        {
            // Bounded as the branch's own book is; withdrawn and ended ones are let go.
            case BookingPlaced e when _held.Count < BookingBook.Most:
                _held[e.Booking.Id] = e.Booking;
                break;
            case BookingWithdrawn e:
                _held.Remove(e.Booking);
                _lapsed.Remove(e.Booking);
                _reopened.Remove(e.Booking);
                break;
            case BookingCheckedIn e when _held.Remove(e.Booking, out var booking):
                Ended(booking, e.At.Milliseconds + clock.DisplayOffset - booking.SlotUtcMs, clock);
                break;
            case BookingLapsed e when _held.Remove(e.Booking, out var booking):
                Ended(booking, null, clock);
                Remember(booking);
                break;
            case BookingReopened e when _lapsed.Remove(e.Booking, out var booking):
                _held[e.Booking] = booking;
                _reopened.Add(e.Booking);
                _punctuality[booking.Service].TakeBackMissed();
                break;
            case DayOpened:
                Slots.EndDay();
                break;
            default:
                break;
        }
    }

    private void Remember(Booking lapsed)
    {
        // Bounded; what lapsed so long ago is not opened again.
        if (_lapsed.Count >= BookingBook.Most)
        {
            _lapsed.Clear();
        }

        _lapsed[lapsed.Id] = lapsed;
    }

    private void Ended(Booking booking, long? lateMs, BranchClock clock)
    {
        if (!_punctuality.TryGetValue(booking.Service, out var punctuality))
        {
            _punctuality[booking.Service] = punctuality = new();
        }

        punctuality.Add(lateMs);
        if (_reopened.Remove(booking.Id))
        {
            return;
        }

        var slot = new Moment(booking.SlotUtcMs - clock.DisplayOffset);
        Slots.Add(new(booking.Service, booking.Segment), clock.MinuteOfDay(slot) / 30, clock.DayOfWeek(slot));
    }
}
