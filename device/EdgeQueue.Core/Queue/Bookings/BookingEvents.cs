namespace EdgeQueue.Core.Queue;

/// <summary>A booking is held, or holds something else now.</summary>
public sealed record BookingPlaced(Booking Booking, Moment At) : Event(At);

public sealed record BookingWithdrawn(string Booking, Moment At) : Event(At);

/// <summary>A version of the bookings is held now.</summary>
/// <param name="Kept">Ids of those that had checked in before they were moved or taken back: the check-in wins. Of the last part.</param>
/// <param name="Rejected">Those that cannot be held; the others are. Of the last part.</param>
public sealed record BookingsApplied(
    long Version, IReadOnlyList<string> Kept, IReadOnlyList<BookingFault> Rejected, Moment At) : Event(At);

/// <summary>What a part of a message, before its last, could not change.</summary>
public sealed record BookingsHeldBack(IReadOnlyList<string> Kept, IReadOnlyList<BookingFault> Rejected, Moment At) : Event(At);

/// <param name="Sentence">What is wrong with it.</param>
public sealed record BookingFault(string Booking, string Sentence);

/// <summary>The visit that was just issued is this booking's.</summary>
/// <param name="Place">Where it waits: since the slot for one who came early.</param>
public sealed record BookingCheckedIn(string Booking, long Visit, CheckInTime Came, Place Place, Moment At) : Event(At);

/// <summary>It had lapsed by a clock that was wrong: by the one that hangs on the wall now there is time yet.</summary>
public sealed record BookingReopened(string Booking, Moment At) : Event(At);

/// <summary>Nobody came.</summary>
public sealed record BookingLapsed(string Booking, Moment At) : Event(At);
