using EdgeQueue.Core.Announcements;

namespace EdgeQueue.Node.Roles.Dispenser.Screen;

/// <summary>From the code of a refusal, the hub's or the dispenser's own, to what the person is told.</summary>
public static class DeskAnswers
{
    /// <param name="byPress">Somebody pressed a button: "take a ticket" would not help them.</param>
    public static DeskPrompt Of(string code, bool byPress) => code switch
    {
        DeskCode.NoPaper => DeskPrompt.NoPaper,
        DeskCode.CannotPrint or DeskCode.NoNumber or DeskCode.StoreFailing or DeskCode.TooManyInWork => DeskPrompt.NoTickets,
        DeskCode.Closed or "serviceClosed" => DeskPrompt.Closed,
        "evacuating" => DeskPrompt.Evacuation,
        "unknownBooking" => DeskPrompt.UnknownBooking,
        "severalBookings" => DeskPrompt.SeveralBookings,
        "bookingUsed" or "hasTicket" => DeskPrompt.AlreadyHere,
        "bookingTooEarly" => DeskPrompt.TooEarly,
        "bookingTooLate" or "bookingLapsed" => DeskPrompt.TooLate,
        "bookingWithdrawn" => DeskPrompt.Cancelled,
        DeskCode.HubAway or "withdrawn" or "notSent" or "diskFault" or "journalBehind" or "busy" or "checkInPaused" =>
            byPress ? DeskPrompt.NoTickets : DeskPrompt.NoCheckIn,
        "bookingsOnly" => DeskPrompt.BookingsOnly,
        "numbersExhausted" or "quotaReached" or "personLimit" or "closingSoon" => DeskPrompt.NoMoreToday,
        "hallFull" or "tooMany" => DeskPrompt.HallFull,
        _ => DeskPrompt.NotPossible,
    };
}
