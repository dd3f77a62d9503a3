namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> English => new()
    {
        [DeskPrompt.Welcome] = new("Booked? Number", "or phone + Enter", "If you have a booking, type its number or your phone number and press Enter, or hold your code in front of the scanner."),
        [DeskPrompt.PressButton] = new("Please press", "a button", "Please press a button to get a ticket."),
        [DeskPrompt.YourNumber] = new("Your number:", "", ""),
        [DeskPrompt.Wait] = new("One moment ...", "", ""),
        [DeskPrompt.Issued] = new("Ticket {label}", "Take your ticket", "Ticket {label}. Please take your ticket."),
        [DeskPrompt.TimedOut] = new("Time is up", "Please try again", "Your time is up. Please try again."),
        [DeskPrompt.WrongNumber] = new("Wrong number", "Please try again", "This is neither a booking number nor a phone number. Please try again."),
        [DeskPrompt.UnknownBooking] = new("No booking found", "Take a ticket", "No booking was found. Please check the number, or take a ticket."),
        [DeskPrompt.SeveralBookings] = new("Several bookings", "Type its number", "You have several bookings. Please type the number of the booking that you mean."),
        [DeskPrompt.AlreadyHere] = new("Already here", "Please wait", "You have checked in already. Please wait until you are called."),
        [DeskPrompt.TooEarly] = new("Too early", "Come back later", "It is too early to check in. Please come back closer to your appointment."),
        [DeskPrompt.TooLate] = new("Too late", "Take a ticket", "It is too late for this booking. Please take a ticket."),
        [DeskPrompt.Cancelled] = new("Was cancelled", "Take a ticket", "This booking was cancelled. Please take a ticket."),
        [DeskPrompt.NoCheckIn] = new("No check-in now", "Take a ticket", "Check-in is not possible at the moment. Please take a ticket."),
        [DeskPrompt.NoPaper] = new("Out of paper", "Ask the staff", "There is no paper for tickets. Please ask the staff."),
        [DeskPrompt.NoTickets] = new("No tickets now", "Ask the staff", "No tickets can be given at the moment. Please ask the staff."),
        [DeskPrompt.Closed] = new("Closed", "", "We are closed."),
        [DeskPrompt.Evacuation] = new("Please leave", "the building", ""),
        [DeskPrompt.NotPossible] = new("Not possible", "Ask the staff", "This is not possible. Please ask the staff."),
        [DeskPrompt.BookingsOnly] = new("Bookings only", "Book a time", "This service is only for people with a booking now. Please book a time."),
        [DeskPrompt.NoMoreToday] = new("No more today", "Come another day", "No more tickets are given for this service today. Please come another day."),
        [DeskPrompt.HallFull] = new("The hall is full", "Come back later", "Too many people are here at the moment. Please come back a little later."),
        [DeskPrompt.HowMany] = new("How many people?", "", "How many are you? Type the number of people and press Enter."),
        [DeskPrompt.YourPhone] = new("Your phone:", "", "Please type your phone number and press Enter."),
        [DeskPrompt.YourCase] = new("Your case no.:", "", "Please type the number of your case and press Enter, or hold its code in front of the scanner."),
    };
}
