using System.Data.Common;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>What somebody did with a booking.</summary>
internal enum BookingChange
{
    Made,
    Moved,
    Cancelled,
}

/// <summary>A room that follows what becomes of bookings here: called inside the transaction of the change, after it, with the booking as it is then.</summary>
internal interface IBookingFollower
{
    Task FollowAsync(DbTransaction transaction, BookingChange change, BookingRow booking);
}
