using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Roles.Dispenser.Desk;
using EdgeQueue.Node.Roles.Dispenser.Screen;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>Number pad, scanner, two lines and voice, as the person in front of the dispenser has them.</summary>
public sealed class CheckInDeskTests : DispenserTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, PhoneHash.KeyLength).Select(i => (byte)i)];

    private readonly TempFolder folder = new();
    private readonly List<Phrase?> said = [];
    private readonly DeskScreen screen;
    private readonly CheckInDesk desk;
    private (string First, string Second) lines;
    private CheckInOffer? offer = new([CheckInBy.Number, CheckInBy.Phone, CheckInBy.Token], "47", "");

    public CheckInDeskTests()
    {
        File.WriteAllText(folder.File(PhoneHash.KeyFileName), Convert.ToHexStringLower(Key) + "\n");
        screen = new DeskScreen(
            16, () => ["en", "nb", "ar"], language => language == "ar" ? "en" : language, (first, second) => lines = (first, second), said.Add, Dispenser.Loop);
        Dispenser.Desk.Noticed += screen.Told;
        desk = new CheckInDesk(
            new CheckInDeskConfiguration(), new PhoneKey(folder.File(PhoneHash.KeyFileName), Dispenser.Status), () => offer, Dispenser.Desk,
            screen, Dispenser.Loop, Dispenser.Time);
        screen.Rests(DeskPrompt.Welcome);
    }

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Digits_stand_on_the_screen_as_they_are_typed_and_Enter_asks_for_the_booking()
    {
        Type("482");
        Assert.Equal(("Your number:", "> 482"), lines);
        Press(KeyCode.Backspace);
        Type("19");
        Assert.Equal("> 4819", lines.Second);

        Press(KeyCode.KeypadEnter);

        Assert.Equal("One moment ...", lines.First);
        var asked = Assert.Single(Hub.All<CheckIn>());
        Assert.Equal((CheckInBy.Number, "4819", null), (asked.By, asked.Value, asked.Language));
        Assert.Equal(Hub.IdOf<CheckIn>(), asked.Press);

        Dispenser.Answer(asked.Press, Branch.Ticket(asked.Press, 7, "A042"));

        Assert.Equal(("Ticket A042", "Take your ticket"), lines);
        Assert.Equal("Ticket A 0 4 2 . Please take your ticket.", said[^1]!.Text);
        Assert.Equal(["A042"], Printed);
        Assert.Single(Hub.All<ReportPrint>());
        Dispenser.Pass(6.1);
        Assert.Equal("Booked? Number", lines.First);
    }

    [Fact]
    public void A_phone_number_is_told_by_its_length_and_leaves_the_device_only_as_its_hash()
    {
        Type("41234567");
        Press(KeyCode.KeypadEnter);

        var asked = Assert.Single(Hub.All<CheckIn>());
        Assert.Equal((CheckInBy.Phone, PhoneHash.Of(Key, "+4741234567", "47", "")), (asked.By, asked.Value));
        Dispenser.Store.Dispose();
        Assert.DoesNotContain("41234567", File.ReadAllText(Dispenser.StorePath), StringComparison.Ordinal);
        Assert.DoesNotContain(asked.Value, File.ReadAllText(Dispenser.StorePath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_lies_there_is_hidden_after_two_seconds_and_never_shown_again()
    {
        Type("41234567");
        Dispenser.Pass(1.9);
        Assert.Equal("> 41234567", lines.Second);
        Dispenser.Pass(0.2);
        Assert.Equal("> ******67", lines.Second);

        Type("8");
        Assert.Equal("> ******678", lines.Second);
        Press(KeyCode.Backspace);
        Press(KeyCode.Backspace);
        Press(KeyCode.Backspace);
        Assert.Equal("> ******", lines.Second);
    }

    [Fact]
    public void Digits_that_nobody_ends_are_forgotten_after_ten_seconds_and_that_is_said()
    {
        Type("4819");
        Dispenser.Pass(9.9);
        Assert.Equal("> **19", lines.Second);
        Dispenser.Pass(0.2);
        Assert.Equal(("Time is up", "Please try again"), lines);
        Assert.Equal("Your time is up. Please try again.", said[^1]!.Text);

        Press(KeyCode.KeypadEnter);
        Assert.Empty(Hub.All<CheckIn>());
    }

    [Fact]
    public void Clear_forgets_at_once_and_a_number_of_no_length_is_refused_here()
    {
        Type("4819");
        Press(KeyCode.KeypadMinus);
        Assert.Equal("Booked? Number", lines.First);

        Type("12");
        Press(KeyCode.KeypadEnter);
        Assert.Equal(("Wrong number", "Please try again"), lines);
        Type("1234567890123456");
        Assert.Equal("Wrong number", lines.First);
        Assert.Empty(Hub.All<CheckIn>());
    }

    [Fact]
    public void A_scan_asks_at_once_in_the_middle_of_typing_too_and_held_over_the_code_asks_once()
    {
        Type("48");
        Scan("Zk3nRt81-bQx77LmPp02");
        Scan("Zk3nRt81-bQx77LmPp02");

        var asked = Assert.Single(Hub.All<CheckIn>());
        Assert.Equal((CheckInBy.Token, "Zk3nRt81-bQx77LmPp02"), (asked.By, asked.Value));
        Dispenser.Pass(10);
        Assert.NotEqual("Time is up", lines.First); // what was typed went with the scan

        Scan("B-4711");
        Assert.Equal((CheckInBy.Number, "B-4711"), Hub.All<CheckIn>().Last() switch { var c => (c.By, c.Value) });
        Scan("no code of ours");
        Assert.Equal("Wrong number", lines.First);
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
    [InlineData("numbersExhausted", "No tickets now")]
    [InlineData("somethingNew", "Not possible")]
    public void A_refusal_of_the_hub_is_shown_and_spoken(string code, string line)
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        var id = Hub.IdOf<CheckIn>();
        Dispenser.Answer(id, new ReplyMessage(1, id, "j", 1, new Refusal(code, "A sentence.")));

        Assert.Equal(line, lines.First);
        Assert.NotNull(said[^1]);
        Assert.Empty(Printed);
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void Without_the_hub_the_first_digit_is_answered_and_nobody_waits()
    {
        Hub.IsThere = false;
        Type("4");
        Assert.Equal(("No check-in now", "Take a ticket"), lines);
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal(("No check-in now", "Take a ticket"), lines);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void A_hub_that_does_not_answer_is_given_up_aloud_after_three_seconds_and_its_late_ticket_is_still_printed()
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        Dispenser.Pass(2.9);
        Assert.Equal("One moment ...", lines.First);
        Dispenser.Pass(0.2);
        Assert.Equal(("No check-in now", "Take a ticket"), lines);

        var id = Hub.IdOf<CheckIn>();
        Dispenser.Answer(id, Branch.Ticket(id, 7, "A042"));
        Assert.Equal(["A042"], Printed);
    }

    [Fact]
    public void A_check_in_of_an_earlier_life_is_withdrawn_and_printed_while_its_customer_may_be_there()
    {
        Type("4819");
        Press(KeyCode.KeypadEnter);
        var id = Hub.IdOf<CheckIn>();

        Dispenser.Start();
        Dispenser.Recover();

        Assert.Equal([(id, null)], Hub.Sent);
        Dispenser.Answer(id, Branch.Ticket(id, 7, "A042"));
        Assert.Equal(["A042"], Printed);
    }

    [Fact]
    public void Known_paper_out_refuses_before_the_hub_is_asked_and_says_so_on_the_screen()
    {
        Dispenser.Printer.Status = new PrinterStatus(PrinterFaults.PaperOut);
        Type("4");
        Assert.Equal(("Out of paper", "Ask the staff"), lines);
        Dispenser.Press();
        Assert.Equal(("Out of paper", "Ask the staff"), lines);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void The_language_key_goes_through_the_languages_and_the_choice_is_kept_until_the_answer_was_read()
    {
        Press(KeyCode.KeypadSlash);
        Assert.Equal("Bestilt time?", lines.First);
        Assert.Equal("nb", said[^1]!.Language);
        Type("4819");
        Assert.Equal("Ditt nummer:", lines.First);
        Press(KeyCode.KeypadEnter);
        Assert.Equal("nb", Hub.All<CheckIn>().Single().Language);
        Dispenser.Pass(3.1);
        Assert.Equal("Ikke mulig nå", lines.First);
        Dispenser.Pass(6.1);
        Assert.Equal("Booked? Number", lines.First);
    }

    [Fact]
    public void What_the_display_cannot_write_is_shown_in_another_language_and_spoken_in_its_own()
    {
        Press(KeyCode.KeypadSlash);
        Press(KeyCode.KeypadSlash);
        Assert.Equal("Booked? Number", lines.First);
        Assert.Equal("ar", said[^1]!.Language);
    }

    [Fact]
    public void An_evacuation_is_shown_over_everything_until_it_ends()
    {
        Type("4819");
        screen.Rests(DeskPrompt.Evacuation);
        Assert.Equal(("Please leave", "the building"), lines);
        Type("1");
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal(("Please leave", "the building"), lines);

        screen.Rests(DeskPrompt.Welcome);
        Assert.Equal("Booked? Number", lines.First);
    }

    [Fact]
    public void What_the_branch_does_not_offer_is_not_asked_for()
    {
        offer = new([CheckInBy.Token], "", "");
        Type("4819");
        Press(KeyCode.KeypadEnter);
        Assert.Equal("Wrong number", lines.First);
        offer = null;
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal("Not possible", lines.First);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void Without_the_branchs_key_nobody_checks_in_by_phone_and_a_fault_says_why()
    {
        File.Delete(folder.File(PhoneHash.KeyFileName));
        Type("41234567");
        Press(KeyCode.KeypadEnter);

        Assert.Equal("Not possible", lines.First);
        Assert.Equal("phoneKeyMissing", Assert.Single(Dispenser.Status.Message(true).Faults).Code);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void A_button_is_answered_on_the_screen_too_in_its_own_language()
    {
        Dispenser.Press();
        Assert.Equal("One moment ...", lines.First);
        var id = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(id, Branch.Ticket(id, 7, "A042"));
        Assert.Equal("Ticket A042", lines.First);
    }

    [Fact]
    public void Keys_that_are_read_too_late_belong_to_nobody()
    {
        var at = Dispenser.Time.GetTimestamp();
        Dispenser.Pass(3.5);
        Assert.False(desk.Key(new KeyChanged(KeyCode.Keypad4, true, at)));
        Assert.Equal("Booked? Number", lines.First);
    }

    private void Type(string digits)
    {
        foreach (var digit in digits)
        {
            Press(KeyText.KeyFor(digit)!.Value.Key);
        }
    }

    private void Press(KeyCode key)
    {
        desk.Key(new KeyChanged(key, true, Dispenser.Time.GetTimestamp()));
        desk.Key(new KeyChanged(key, false, Dispenser.Time.GetTimestamp()));
        Dispenser.Loop.RunPosted();
    }

    private void Scan(string text)
    {
        foreach (var (key, shift) in text.Select(c => KeyText.KeyFor(c)!.Value).Append((KeyCode.Enter, false)))
        {
            ScannerKey(KeyCode.LeftShift, shift);
            ScannerKey(key, true);
            ScannerKey(key, false);
            ScannerKey(KeyCode.LeftShift, false);
        }

        Dispenser.Loop.RunPosted();
    }

    private void ScannerKey(KeyCode key, bool down) => desk.ScannerKey(new KeyChanged(key, down, Dispenser.Time.GetTimestamp()));
}
