using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>What the person in front of the dispenser sees and hears, in their language.</summary>
public sealed class CheckInAnswerTests : CheckInTests
{
    [Fact]
    public void The_paper_of_a_booking_says_when_its_appointment_is()
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        var id = Hub.IdOf<CheckIn>();
        var answer = Branch.Ticket(id, 7, "A042");
        Dispenser.Answer(id, answer with { Ticket = answer.Ticket! with { AppointmentLocal = "2026-03-01T10:30" } });

        Assert.Equal("10:30", Dispenser.Printer.Drawn.Single().Appointment);
    }

    [Theory]
    [InlineData("09:45", "→ 09:45")]
    [InlineData("2026-03-02 09:45", "2026-03-02 09:45")]
    public void Who_comes_too_early_reads_from_when_on(string opens, string line)
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        var id = Hub.IdOf<CheckIn>();
        Dispenser.Answer(id, new ReplyMessage(1, id, "j", 1, Refusal.BookingTooEarly("10:45", opens)));

        Assert.Equal(("Too early", line), Lines);
    }

    [Theory]
    [InlineData("unknownBooking", "No booking found")]
    [InlineData("severalBookings", "Several bookings")]
    [InlineData("bookingUsed", "Already here")]
    [InlineData("bookingTooEarly", "Too early")]
    [InlineData("bookingTooLate", "Too late")]
    [InlineData("bookingLapsed", "Too late")]
    [InlineData("bookingWithdrawn", "Was cancelled")]
    [InlineData("withdrawn", "No check-in now")]
    [InlineData("numbersExhausted", "No more today")]
    [InlineData("personLimit", "No more today")]
    [InlineData("hasTicket", "Already here")]
    [InlineData("hallFull", "The hall is full")]
    [InlineData("groupTooLarge", "Not possible")]
    [InlineData("bookingsOnly", "Bookings only")]
    [InlineData("somethingNew", "Not possible")]
    public void A_refusal_of_the_hub_is_shown_and_spoken(string code, string line)
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        var id = Hub.IdOf<CheckIn>();
        Dispenser.Answer(id, new ReplyMessage(1, id, "j", 1, new Refusal(code, "A sentence.")));

        Assert.Equal(line, Lines.First);
        Assert.NotNull(Said[^1]);
        Assert.Empty(Printed);
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void Without_the_hub_the_first_digit_is_answered_and_nobody_waits()
    {
        Hub.IsThere = false;
        Type("4");
        Assert.Equal(("No check-in now", "Take a ticket"), Lines);
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal(("No check-in now", "Take a ticket"), Lines);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void A_hub_that_does_not_answer_is_given_up_aloud_after_three_seconds_and_its_late_ticket_is_still_printed()
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        Dispenser.Pass(2.9);
        Assert.Equal("One moment ...", Lines.First);
        Dispenser.Pass(0.2);
        Assert.Equal(("No check-in now", "Take a ticket"), Lines);

        var id = Hub.IdOf<CheckIn>();
        Dispenser.Answer(id, Branch.Ticket(id, 7, "A042"));
        Assert.Equal(["A042"], Printed);
    }

    [Fact]
    public void Known_paper_out_refuses_before_the_hub_is_asked_and_says_so_on_the_screen()
    {
        Dispenser.Printer.Status = new PrinterStatus(PrinterFaults.PaperOut);
        Type("4");
        Assert.Equal(("Out of paper", "Ask the staff"), Lines);
        Dispenser.Press();
        Assert.Equal(("Out of paper", "Ask the staff"), Lines);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void The_language_key_goes_through_the_languages_and_the_choice_is_kept_until_the_answer_was_read()
    {
        Press(KeyCode.KeypadSlash);
        Assert.Equal("Bestilt time?", Lines.First);
        Assert.Equal("nb", Said[^1]!.Language);
        Type("4819");
        Assert.Equal("Ditt nummer:", Lines.First);
        Press(KeyCode.KeypadEnter);
        Assert.Equal("nb", Hub.All<CheckIn>().Single().Language);
        Dispenser.Pass(3.1);
        Assert.Equal("Ikke mulig nå", Lines.First);
        Dispenser.Pass(6.1);
        Assert.Equal("Booked? Number", Lines.First);
    }

    [Fact]
    public void What_the_display_cannot_write_is_shown_in_another_language_and_spoken_in_its_own()
    {
        Press(KeyCode.KeypadSlash);
        Press(KeyCode.KeypadSlash);
        Assert.Equal("Booked? Number", Lines.First);
        Assert.Equal("ar", Said[^1]!.Language);
    }

    [Fact]
    public void An_evacuation_is_shown_over_everything_until_it_ends()
    {
        Type("4819");
        Screen.Rests(DeskPrompt.Evacuation);
        Assert.Equal(("Please leave", "the building"), Lines);
        Type("1");
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal(("Please leave", "the building"), Lines);
        Assert.Null(Said[^1]);

        Screen.Rests(DeskPrompt.Welcome);
        Assert.Equal("Booked? Number", Lines.First);
    }

    [Fact]
    public void A_button_is_answered_on_the_screen_too_in_its_own_language()
    {
        Dispenser.Press();
        Assert.Equal("One moment ...", Lines.First);
        var id = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(id, Branch.Ticket(id, 7, "A042"));
        Assert.Equal("Ticket A042", Lines.First);
    }
}
