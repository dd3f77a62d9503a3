namespace EdgeQueue.Core.Queue;

/// <summary>A reserved slot, as whoever takes bookings told it. No name, no phone number (law 12).</summary>
/// <param name="Id">The booking number that a customer types: 1 … 32 of <c>a-z A-Z 0-9 -</c>; unique among all that are held.</param>
/// <param name="SlotUtcMs">When it begins, on the wall: milliseconds since 1970-01-01T00:00Z. Not branch time: that may differ.</param>
/// <param name="PhoneHash">The customer's phone number as <c>PhoneHash</c> of the contracts makes it: 64 lower-case hexadecimal digits.</param>
/// <param name="TokenHash">Of what the customer's QR code holds, as <see cref="BookingToken"/> makes it: whoever reads it cannot come with it.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="People">How many come with one ticket, 1 … 99.</param>
/// <param name="Case">Opaque id of a case that goes on over several visits.</param>
/// <param name="Operator">Whom the customer has the appointment with; null: anybody. Somebody whom the branch does not know (any more) counts as nobody: the customer is served all the same.</param>
public sealed record Booking(
    string Id, string Service, long SlotUtcMs, string? PhoneHash = null, string? TokenHash = null, string? Segment = null,
    string? Language = null, string? Person = null, int People = 1, string? Case = null, string? Operator = null)
{
    /// <summary>What the QR code holds, from whoever tells it in clear (a file, a journal from before it was hashed). It is hashed here and kept nowhere.</summary>
    public string? Token
    {
        init => TokenHash = value is null ? TokenHash : BookingToken.IsOne(value) ? BookingToken.HashOf(value) : "";
    }
}

/// <summary>What became of a booking.</summary>
public enum BookingState
{
    /// <summary>Expected.</summary>
    Open,

    /// <summary>The customer came; it is a visit now, and no later message changes it.</summary>
    CheckedIn,

    /// <summary>Missed.</summary>
    Lapsed,

    /// <summary>Taken back by whoever takes bookings.</summary>
    Withdrawn,
}

/// <summary>A booking and how it stands.</summary>
/// <param name="Visit">Since it is checked in: which visit it became.</param>
/// <param name="Ended">Since when nobody is expected any more; null: somebody is.</param>
/// <param name="Gone">It lapsed, and whoever takes bookings has taken it back since: it does not come back when the clock does.</param>
public sealed record HeldBooking(Booking Booking, BookingState State, long? Visit, Moment? Ended = null, bool Gone = false);

/// <summary>When the customer of a booking came.</summary>
public enum CheckInTime
{
    /// <summary>Before the slot: the waiting starts at the slot.</summary>
    Early,

    /// <summary>From the slot until the end of the late window: an appointment that waits since now.</summary>
    OnTime,

    /// <summary>After the late window: an ordinary customer.</summary>
    WalkIn,
}
