namespace EdgeQueue.Core.Queue;

/// <summary>The customer of a booking is here and wants a ticket.</summary>
/// <param name="Press">Id of the command, the same as the envelope's: one press, one visit, for ever.</param>
/// <param name="Value">
/// The booking number as typed; the phone number's keyed hash, made where it was typed (the number itself goes nowhere); or
/// what the QR code holds.
/// </param>
/// <param name="Language">BCP 47 tag that the customer chose; null: the booking's, or the branch's first.</param>
/// <param name="Attributes">What the customer is or asks for, at most 16.</param>
public sealed record CheckIn(
    string Press, CheckInBy By, string Value, string? Language, Moment At, IReadOnlyList<string>? Attributes = null) : Command(At);

/// <summary>What the customer had at hand.</summary>
public enum CheckInBy
{
    Number,
    Phone,
    Token,
}

/// <summary>
/// The bookings of the days ahead, as whoever takes them holds them. Versioned: an older one changes nothing. Somebody who has
/// checked in stays so, whatever comes later.
/// </summary>
/// <param name="Version">Rises with each message.</param>
/// <param name="Since">Null: this is the whole set. Else the version that these changes follow on.</param>
/// <param name="Bookings">New or changed ones; at most 20,000.</param>
/// <param name="Withdrawn">Ids of those that are no more. Of a whole set only those of its parts: else who is not in it is no more.</param>
/// <param name="Part">Long messages come in parts, so that people are served in between; the version is held after the last.</param>
public sealed record ApplyBookings(
    long Version, long? Since, IReadOnlyList<Booking> Bookings, IReadOnlyList<string> Withdrawn, Moment At,
    BookingsPart Part = BookingsPart.All) : Command(At);

/// <summary>Which part of a message it is.</summary>
public enum BookingsPart
{
    All,

    /// <summary>More follow.</summary>
    Some,

    Last,
}
