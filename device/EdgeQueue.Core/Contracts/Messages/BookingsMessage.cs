using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Messages;

/// <summary>
/// The bookings of the days ahead, on <c>bookings</c> from the cloud and in the file that a branch without a cloud has
/// (<c>edgequeue-hub run --bookings FILE</c>, made by <c>edgequeue bookings import</c>). No name, no phone number.
/// </summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Version">Rises with each message; the hub ignores an older one.</param>
/// <param name="Since">Null: the whole set; open bookings that are not in it are withdrawn. Else the version that this follows on.</param>
/// <param name="Withdrawn">Ids that are no more, when <c>Since</c> is given.</param>
public sealed record BookingsMessage(
    int V, long Version, long? Since, IReadOnlyList<Booking> Bookings, IReadOnlyList<string>? Withdrawn = null);

/// <summary>
/// What the hub holds: said when it connects, and after each <see cref="BookingsMessage"/>. Several that come at once are applied in
/// their order; a long one in parts, with its version said after the last.
/// </summary>
/// <param name="Held">Version that is held; 0: none.</param>
/// <param name="Refusal">Why the message was not applied; null: it was, or nothing was told.</param>
/// <param name="Kept">Ids of those that had checked in before they were moved or taken back: the check-in wins. At most 100.</param>
/// <param name="Rejected">Those that cannot be held; the others are. At most 100.</param>
/// <param name="MoreKept">How many more had checked in; null: none. The journal has all of them.</param>
/// <param name="MoreRejected">How many more cannot be held; null: none. The journal has all of them.</param>
public sealed record BookingsReport(
    int V, string Journal, long Seq, long Held, Refusal? Refusal, IReadOnlyList<string> Kept, IReadOnlyList<BookingFault> Rejected,
    int? MoreKept = null, int? MoreRejected = null);
