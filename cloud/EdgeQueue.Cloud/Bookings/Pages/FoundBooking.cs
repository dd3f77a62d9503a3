using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>What a booking's link leads to, and in which language it is shown.</summary>
/// <param name="Service">Null: it is not offered any more.</param>
internal sealed record FoundBooking(BookingSecret Secret, BookingRow Booking, OfferedBranch Branch, OfferedService? Service, string Language, BookingWords Words)
{
    private const long HalfADay = 12 * 3_600_000;

    /// <summary>It can be moved and cancelled.</summary>
    /// <param name="now">UTC, milliseconds since 1970.</param>
    public bool CanChange(long now) => Booking.State == BookingState.Booked && Booking.StartsAt > now;

    /// <summary>Nobody is expected any more, though the branch has not said who came: it may be away for days.</summary>
    /// <param name="now">UTC, milliseconds since 1970.</param>
    public bool IsPast(long now) => Booking.State == BookingState.Booked && Booking.EndsAt + HalfADay < now;
}
