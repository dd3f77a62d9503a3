using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>What a button says by itself, and what it asks on the number pad before the ticket.</summary>
public sealed class QuestionDeskTests : CheckInTests
{
    /// <summary>The fourth button asks how many, who, and which case.</summary>
    private const int Asking = 3;

    [Fact]
    public void A_button_says_what_its_customers_are_how_many_and_what_else_they_need()
    {
        Assert.False(Questions.Begin(2));
        Dispenser.Desk.Press(2);

        var asked = Assert.Single(Hub.All<IssueTicket>());
        Assert.Equal((4, true), (asked.People, asked.BestOrder));
        Assert.Equal(["veteran"], asked.Attributes!);
        Assert.Equal([new JourneyStep("loans", "anna")], asked.Steps!);
    }

    [Fact]
    public void Each_question_is_shown_spoken_and_answered_and_then_the_ticket_is_asked_for()
    {
        Assert.True(Questions.Begin(Asking));
        Assert.Equal(("How many people?", "> "), Lines);
        Assert.StartsWith("How many are you?", Said[^1]!.Text, StringComparison.Ordinal);
        Type("4");
        Assert.Equal(("How many people?", "> 4"), Lines);
        Press(KeyCode.KeypadEnter);
        Assert.Equal("Your phone:", Lines.First);
        Type("41234567");
        Press(KeyCode.KeypadEnter);
        Assert.Equal("Your case no.:", Lines.First);
        Assert.Empty(Hub.All<IssueTicket>());
        Type("20260017");
        Press(KeyCode.KeypadEnter);

        var asked = Assert.Single(Hub.All<IssueTicket>());
        Assert.Equal((4, PhoneHash.Of(Key, "+4741234567", "47", ""), "20260017"), (asked.People, asked.Person, asked.Case));
        Assert.Equal("One moment ...", Lines.First);
        Dispenser.Answer(asked.Press, Branch.Ticket(asked.Press, 7, "A042"));
        Assert.Equal(["A042"], Printed);
        Assert.False(Questions.Asks);
        Dispenser.Store.Dispose();
        var kept = File.ReadAllText(Dispenser.StorePath);
        Assert.All(new[] { "41234567", asked.Person!, "20260017" }, secret => Assert.DoesNotContain(secret, kept, StringComparison.Ordinal));
    }

    [Fact]
    public void A_case_is_scanned_too_and_a_code_that_answers_nothing_is_a_booking()
    {
        Questions.Begin(Asking);
        Type("2");
        Press(KeyCode.KeypadEnter);
        Type("41234567");
        Press(KeyCode.KeypadEnter);
        Scan("C-2026/17");
        Assert.Equal("C-2026/17", Assert.Single(Hub.All<IssueTicket>()).Case);

        Questions.Begin(Asking);
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal(CheckInBy.Token, Assert.Single(Hub.All<CheckIn>()).By);
        Assert.False(Questions.Asks);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    public void What_is_no_answer_is_asked_again(string typed)
    {
        Questions.Begin(Asking);
        Type(typed);
        Press(KeyCode.KeypadEnter);

        Assert.Equal(("How many people?", "> "), Lines);
        Assert.True(Questions.Asks);
    }

    [Fact]
    public void A_phone_number_that_is_none_is_asked_for_again_and_so_are_too_many_digits()
    {
        Questions.Begin(Asking);
        Type("123");
        Assert.Equal(("How many people?", "> "), Lines);
        Type("3");
        Press(KeyCode.KeypadEnter);
        Type("12");
        Press(KeyCode.KeypadEnter);
        Assert.Equal(("Your phone:", "> "), Lines);
    }

    [Fact]
    public void Who_goes_away_in_the_middle_gets_no_ticket_and_that_is_said()
    {
        Questions.Begin(Asking);
        Dispenser.Pass(9.9);
        Assert.True(Questions.Asks);
        Dispenser.Pass(0.2);
        Assert.Equal("Time is up", Lines.First);
        Type("4");
        Assert.Equal("Your number:", Lines.First);
        Assert.Empty(Hub.All<IssueTicket>());
    }

    [Fact]
    public void Clear_and_another_button_take_the_question_back()
    {
        Questions.Begin(Asking);
        Press(KeyCode.KeypadMinus);
        Assert.False(Questions.Asks);
        Assert.Equal("Booked? Number", Lines.First);

        Questions.Begin(Asking);
        Assert.False(Questions.Begin(0));
        Assert.False(Questions.Asks);
    }

    [Fact]
    public void While_the_hub_is_away_all_is_asked_but_who_somebody_is()
    {
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;

        Assert.True(Questions.Begin(Asking));
        Press(KeyCode.Keypad4);
        Press(KeyCode.KeypadEnter);
        Assert.True(Questions.Asks);
        Questions.Scan("C-17");

        Assert.False(Questions.Asks);
        Dispenser.HubBeats(1_000_000);
        var told = Assert.Single(Hub.All<JoinOffline>()).Details!;
        Assert.Equal((4, "C-17"), (told.People, told.Case));
    }

    [Fact]
    public void Nobody_answers_for_a_ticket_that_cannot_be_printed()
    {
        Dispenser.Printer.Status = new EdgeQueue.Hardware.Printers.PrinterStatus(EdgeQueue.Hardware.Printers.PrinterFaults.CoverOpen);

        Assert.True(Questions.Begin(Asking));
        Assert.False(Questions.Asks);
        Assert.Equal("No tickets now", Lines.First);
    }
}
