namespace EdgeQueue.Core.Announcements;

/// <summary>What a dispenser says to the person in front of it, on two lines and aloud.</summary>
public enum DeskPrompt
{
    /// <summary>A booking can be checked in here.</summary>
    Welcome,

    /// <summary>There are only buttons here.</summary>
    PressButton,

    /// <summary>Above the digits that are being typed; never spoken.</summary>
    YourNumber,

    /// <summary>The press was heard; never spoken.</summary>
    Wait,

    /// <summary>The ticket, with <c>{label}</c>.</summary>
    Issued,

    /// <summary>What was typed has been forgotten.</summary>
    TimedOut,

    /// <summary>Too few or too many digits, or a code that is none.</summary>
    WrongNumber,

    UnknownBooking,

    /// <summary>The phone number has more than one booking now.</summary>
    SeveralBookings,

    /// <summary>Checked in before.</summary>
    AlreadyHere,

    TooEarly,

    /// <summary>Too late, or lapsed.</summary>
    TooLate,

    Cancelled,

    /// <summary>The hub does not answer: no booking can be looked up, an ordinary ticket can be taken.</summary>
    NoCheckIn,

    NoPaper,

    /// <summary>Neither bookings nor tickets.</summary>
    NoTickets,

    Closed,

    /// <summary>The hall's loudspeakers say it; never spoken here.</summary>
    Evacuation,

    /// <summary>Refused for a reason that only the staff can mend.</summary>
    NotPossible,

    /// <summary>The service is for people with a booking now.</summary>
    BookingsOnly,

    /// <summary>All numbers of the day are given, or the wait would pass closing.</summary>
    NoMoreToday,

    HallFull,

    /// <summary>Above the digits, before a ticket: how many come with it.</summary>
    HowMany,

    /// <summary>Above the digits, before a ticket: a phone number says who it is.</summary>
    YourPhone,

    /// <summary>Above the digits, before a ticket: the number of the case that it is about.</summary>
    YourCase,
}
