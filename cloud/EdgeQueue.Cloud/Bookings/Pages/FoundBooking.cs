using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>What a booking's link leads to, and in which language it is shown.</summary>
/// <param name="Service">Null: it is not offered any more.</param>
internal sealed record FoundBooking(BookingSecret Secret, BookingRow Booking, OfferedBranch Branch, OfferedService? Service, string Language, BookingWords Words);
