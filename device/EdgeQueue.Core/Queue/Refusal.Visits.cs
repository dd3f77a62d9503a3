namespace EdgeQueue.Core.Queue;

public sealed partial record Refusal
{
    public static Refusal UnknownBooking { get; } = new(
        "unknownBooking", "There is no such booking here. Look at the number in your confirmation, or take a ticket.");

    /// <summary>The hub's: wrong ones are slowed down at each desk.</summary>
    public static Refusal CheckInPaused(int seconds) =>
        new("checkInPaused", $"Too many booking numbers that nobody knows were tried here. Wait {seconds} seconds, or take a ticket.");

    public static Refusal SeveralBookings { get; } = new(
        "severalBookings", "You have several bookings now. Type the booking number of the one that you mean.");

    public static Refusal BookingUsed(string label) =>
        new("bookingUsed", $"You have checked in already: your ticket is {label}.");

    public static Refusal BookingUsedBefore { get; } =
        new("bookingUsed", "Somebody has checked in with this booking already. If that was not you, ask at a counter.");

    public static Refusal BookingWithdrawn { get; } =
        new("bookingWithdrawn", "This booking was cancelled. Take a ticket, or ask at a counter.");

    public static Refusal BookingLapsed { get; } =
        new("bookingLapsed", "This booking has lapsed: nobody came in time. Take a ticket, or ask at a counter.");

    /// <param name="slot">Local time of the slot, <c>HH:mm</c>, with its date when that is another day's.</param>
    /// <param name="opens">Local time from which check-in is possible, in the same form.</param>
    public static Refusal BookingTooEarly(string slot, string opens) =>
        new("bookingTooEarly", $"Your appointment is at {slot}. Check in from {opens} on.", opens);

    public static Refusal BookingTooLate(string slot) =>
        new("bookingTooLate", $"Your appointment was at {slot}: it is too late to check in. Take a ticket, or ask at a counter.");

    public static Refusal UnknownBuffer(string? buffer) => new("unknownBuffer", buffer is null
        ? "No buffer of this branch has one of your services."
        : $"There is no buffer '{buffer}' in this branch's configuration.");

    public static Refusal BufferFull(int size) => new("bufferFull", $"There are {size} people in the buffer, as many as it holds. Call them to a counter first.");

    public static Refusal NotLive { get; } = new("notLive", "This branch calls people by tickets: press Next.");

    public static Refusal LiveQueue { get; } =
        new("liveQueue", "No tickets are given now: the operators serve people as they come.");

    public static Refusal BookingsOnly(string service) =>
        new("bookingsOnly", $"'{service}' is for customers with a booking now. Book a time, or check in if you have one.");

    public static Refusal QuotaReached(string service, int quota) =>
        new("quotaReached", $"All {quota} tickets of today for '{service}' are given or booked.");

    public static Refusal HallFull(int most) => new("hallFull", $"The hall is full: at most {most} people are let in. Come back a little later.");

    public static Refusal GroupTooLarge(int most) => new(
        "groupTooLarge", $"At most {most} people are let in at a time, and you are more. Come in smaller groups, each with a ticket of its own.");

    /// <param name="atATime">Visits that one person may have at the same time.</param>
    public static Refusal HasTicket(int atATime) => new("hasTicket", atATime == 1
        ? "You have a ticket here already. Take another when you have been served, or give that one up."
        : $"You have {atATime} tickets here already, as many as one person may have at a time. Take another when you have been served.");

    /// <param name="aDay">Visits that one person may make to the service in a business day.</param>
    public static Refusal PersonLimit(string service, int aDay) => new("personLimit", aDay == 1
        ? $"You have been given a ticket for '{service}' today, and one person gets one a day. Come back another day, or ask at a counter."
        : $"You have been given {aDay} tickets for '{service}' today, as many as one person gets in a day. Come back another day, or ask at a counter.");

    public static Refusal ClosingSoon(string service, int waitMinutes, int leftMinutes) => new(
        "closingSoon", $"The wait for '{service}' is about {waitMinutes} minutes, and it closes in {leftMinutes}. Come back another day.");

    public static Refusal BookingsOlder(long held, long told) => new(
        "bookingsOlder", $"Version {told} of the bookings is older than {held}, which is held. Nothing was changed.");

    public static Refusal BookingsGap(long held, long since) => new(
        "bookingsGap", $"These bookings follow on version {since}, but version {held} is held. Send the whole set.");

    /// <param name="slot">Local time of the slot.</param>
    public static Refusal KeptForBooking(string booking, string slot) => new(
        "keptForBooking", $"This counter is kept free for booking {booking} at {slot}. Call a ticket by its number to serve somebody else.");
}
