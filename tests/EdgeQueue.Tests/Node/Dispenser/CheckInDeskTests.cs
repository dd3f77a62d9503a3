using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>From keys and codes to the booking that is meant.</summary>
public sealed class CheckInDeskTests : CheckInTests
{
    [Fact]
    public void Digits_stand_on_the_screen_as_they_are_typed_and_Enter_asks_for_the_booking()
    {
        Type("482");
        Assert.Equal(("Your number:", "> 482"), Lines);
        Press(KeyCode.Backspace);
        Type("19");
        Assert.Equal("> 4819", Lines.Second);

        Press(KeyCode.KeypadEnter);

        Assert.Equal("One moment ...", Lines.First);
        var asked = Assert.Single(Hub.All<CheckIn>());
        Assert.Equal((CheckInBy.Number, "4819", null), (asked.By, asked.Value, asked.Language));
        Assert.Equal(Hub.IdOf<CheckIn>(), asked.Press);

        Dispenser.Answer(asked.Press, Branch.Ticket(asked.Press, 7, "A042"));

        Assert.Equal(("Ticket A042", "Take your ticket"), Lines);
        Assert.Equal("Ticket A 0 4 2 . Please take your ticket.", Said[^1]!.Text);
        Assert.Equal(["A042"], Printed);
        Assert.Single(Hub.All<ReportPrint>());
        Dispenser.Pass(6.1);
        Assert.Equal("Booked? Number", Lines.First);
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
        Assert.Equal("> 41234567", Lines.Second);
        Dispenser.Pass(0.2);
        Assert.Equal("> ******67", Lines.Second);

        Type("8");
        Assert.Equal("> ******678", Lines.Second);
        Press(KeyCode.Backspace);
        Press(KeyCode.Backspace);
        Press(KeyCode.Backspace);
        Assert.Equal("> ******", Lines.Second);
    }

    [Fact]
    public void Digits_that_nobody_ends_are_forgotten_after_ten_seconds_and_that_is_said()
    {
        Type("4819");
        Dispenser.Pass(9.9);
        Assert.Equal("> **19", Lines.Second);
        Dispenser.Pass(0.2);
        Assert.Equal(("Time is up", "Please try again"), Lines);
        Assert.Equal("Your time is up. Please try again.", Said[^1]!.Text);

        Press(KeyCode.KeypadEnter);
        Assert.Empty(Hub.All<CheckIn>());
    }

    [Fact]
    public void Clear_forgets_at_once_and_a_number_of_no_length_is_refused_here()
    {
        Type("4819");
        Press(KeyCode.KeypadMinus);
        Assert.Equal("Booked? Number", Lines.First);

        Type("12");
        Press(KeyCode.KeypadEnter);
        Assert.Equal(("Wrong number", "Please try again"), Lines);
        Type("1234567890123456");
        Assert.Equal("Wrong number", Lines.First);
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
        Assert.NotEqual("Time is up", Lines.First); // what was typed went with the scan

        Scan("B-4711");
        Assert.Equal((CheckInBy.Number, "B-4711"), Hub.All<CheckIn>().Last() switch { var c => (c.By, c.Value) });
        Scan("no code of ours");
        Assert.Equal("Wrong number", Lines.First);
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
    public void What_the_branch_does_not_offer_is_not_asked_for()
    {
        Offer = new([CheckInBy.Token], "", "");
        Type("4819");
        Press(KeyCode.KeypadEnter);
        Assert.Equal("Wrong number", Lines.First);
        Offer = null;
        Scan("Zk3nRt81-bQx77LmPp02");
        Assert.Equal("Not possible", Lines.First);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void Without_the_branchs_key_nobody_checks_in_by_phone_and_a_fault_says_why()
    {
        File.Delete(KeyFile);
        Type("41234567");
        Press(KeyCode.KeypadEnter);

        Assert.Equal("Not possible", Lines.First);
        Assert.Equal("phoneKeyMissing", Assert.Single(Dispenser.Status.Message(true).Faults).Code);
        Assert.Empty(Hub.Sent);
    }

    [Fact]
    public void Keys_that_are_read_too_late_belong_to_nobody()
    {
        var at = Dispenser.Time.GetTimestamp();
        Dispenser.Pass(3.5);
        Assert.False(Desk.Key(new KeyChanged(KeyCode.Keypad4, true, at)));
        Assert.Equal("Booked? Number", Lines.First);
    }
}
