using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class KeyEntryTests
{
    private readonly FakeTime time = new();
    private readonly KeyEntry entry;

    public KeyEntryTests() => entry = new KeyEntry(KeyTable.Read(new Dictionary<string, string>()).Table, time);

    [Theory]
    [InlineData("", KeyCode.KeypadEnter, KeyFunction.Next)]
    [InlineData("", KeyCode.Enter, KeyFunction.Next)]
    [InlineData("42", KeyCode.KeypadEnter, KeyFunction.CallTicket)]
    [InlineData("", KeyCode.KeypadPlus, KeyFunction.Arrive)]
    [InlineData("42", KeyCode.KeypadPlus, KeyFunction.Resume)]
    [InlineData("", KeyCode.KeypadAsterisk, KeyFunction.Recall)]
    [InlineData("4711", KeyCode.KeypadAsterisk, KeyFunction.TakeOver)]
    [InlineData("", KeyCode.KeypadMinus, KeyFunction.NoShow)]
    [InlineData("0", KeyCode.KeypadMinus, KeyFunction.Undo)]
    [InlineData("", KeyCode.Backspace, KeyFunction.Undo)]
    [InlineData("", KeyCode.KeypadSlash, KeyFunction.Park)]
    [InlineData("3", KeyCode.KeypadSlash, KeyFunction.Transfer)]
    [InlineData("0", KeyCode.KeypadSlash, KeyFunction.Requeue)]
    [InlineData("00", KeyCode.KeypadSlash, KeyFunction.RequeueToEnd)]
    [InlineData("", KeyCode.KeypadDot, KeyFunction.Finish)]
    [InlineData("4711", KeyCode.KeypadDot, KeyFunction.Open)]
    [InlineData("0", KeyCode.KeypadDot, KeyFunction.Pause)]
    [InlineData("00", KeyCode.KeypadDot, KeyFunction.Close)]
    public void Digits_come_first_and_the_key_says_what_to_do_with_them(string digits, KeyCode key, KeyFunction function)
    {
        Type(digits);

        Assert.Equal(new KeyOutcome.Ordered(function, digits), entry.Press(key));
    }

    [Fact]
    public void Digits_of_both_blocks_count_the_same()
    {
        entry.Press(KeyCode.Digit4);
        entry.Press(KeyCode.Keypad2);

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.CallTicket, "42"), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void Digits_are_used_once()
    {
        Type("42");
        entry.Press(KeyCode.KeypadEnter);

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void Digits_that_somebody_left_behind_are_forgotten_after_five_seconds()
    {
        Type("47");
        Assert.Equal(KeyEntry.ForgetAfter, entry.ForgetsIn);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(entry.Forget());
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(entry.Forget());
        Assert.Null(entry.ForgetsIn);
        time.Advance(KeyEntry.ForgetAfter);
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void The_key_that_was_meant_for_forgotten_digits_does_not_do_what_it_does_alone()
    {
        Type("42");
        time.Advance(KeyEntry.ForgetAfter);
        Assert.True(entry.Forget());
        time.Advance(TimeSpan.FromSeconds(1));
        entry.Press(KeyCode.NumLock);

        Assert.Equal(new KeyOutcome.Refused("tooSlow"), entry.Press(KeyCode.KeypadEnter));
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void Digits_typed_anew_after_forgotten_ones_count()
    {
        Type("4");
        time.Advance(KeyEntry.ForgetAfter);
        Assert.True(entry.Forget());
        Type("42");

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.CallTicket, "42"), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void A_key_that_comes_too_late_for_its_digits_is_refused_and_not_taken_without_them()
    {
        Type("3");
        time.Advance(KeyEntry.ForgetAfter);

        Assert.Equal(new KeyOutcome.Refused("tooSlow"), entry.Press(KeyCode.KeypadSlash));
    }

    [Fact]
    public void Each_digit_gives_the_next_one_its_five_seconds()
    {
        Type("4");
        time.Advance(TimeSpan.FromSeconds(4));
        Type("2");
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.CallTicket, "42"), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void More_digits_than_anything_has_are_refused_and_forgotten()
    {
        Type("123456789012");

        Assert.Equal(new KeyOutcome.Refused("tooManyDigits"), entry.Press(KeyCode.Keypad3));
        Assert.Equal(new KeyOutcome.Refused("tooManyDigits"), entry.Press(KeyCode.Keypad4));
        Assert.Equal(new KeyOutcome.Refused("tooManyDigits"), entry.Press(KeyCode.KeypadDot));
        Assert.Null(entry.ForgetsIn);
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void A_number_before_no_show_orders_a_copy_of_that_ticket()
    {
        Type("42");

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Reprint, "42"), entry.Press(KeyCode.KeypadMinus));
    }

    [Fact]
    public void Escape_and_backspace_forget_digits()
    {
        Type("4");
        Assert.IsType<KeyOutcome.Cleared>(entry.Press(KeyCode.Backspace));
        Type("4");
        Assert.IsType<KeyOutcome.Cleared>(entry.Press(KeyCode.Escape));
        Assert.Null(entry.ForgetsIn);
    }

    [Fact]
    public void NumLock_that_a_keypad_sends_by_itself_disturbs_nothing()
    {
        Type("4");
        Assert.IsType<KeyOutcome.Ignored>(entry.Press(KeyCode.NumLock));
        Type("2");

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.CallTicket, "42"), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void A_key_without_a_meaning_is_answered_too() =>
        Assert.Equal(new KeyOutcome.Refused("keyWithoutMeaning"), entry.Press(KeyCode.Q));

    [Theory]
    [InlineData("", KeyCode.KeypadEnter, KeyFunction.Precall)]
    [InlineData("3", KeyCode.KeypadSlash, KeyFunction.ChangeService)]
    [InlineData("", KeyCode.KeypadSlash, KeyFunction.GiveBack)]
    [InlineData("2", KeyCode.KeypadMinus, KeyFunction.SetPriority)]
    [InlineData("0", KeyCode.KeypadMinus, KeyFunction.SetPriority)]
    [InlineData("2", KeyCode.KeypadPlus, KeyFunction.AddStep)]
    [InlineData("0", KeyCode.KeypadPlus, KeyFunction.DropSteps)]
    [InlineData("2", KeyCode.KeypadAsterisk, KeyFunction.CallFrom)]
    [InlineData("", KeyCode.KeypadDot, KeyFunction.Start)]
    public void After_zero_and_star_a_key_has_its_other_meaning_once(string digits, KeyCode key, KeyFunction function)
    {
        Type("0");
        Assert.IsType<KeyOutcome.DigitTaken>(entry.Press(KeyCode.KeypadAsterisk));
        Type(digits);

        Assert.Equal(new KeyOutcome.Ordered(function, digits), entry.Press(key));
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Next, ""), entry.Press(KeyCode.KeypadEnter));
    }

    [Fact]
    public void A_ticket_that_was_named_is_what_the_next_order_is_about()
    {
        Type("0");
        entry.Press(KeyCode.KeypadAsterisk);
        Type("42");
        Assert.IsType<KeyOutcome.DigitTaken>(entry.Press(KeyCode.KeypadEnter));
        Type("1");

        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.SetPriority, "1", "42"), entry.Press(KeyCode.KeypadMinus));
        Assert.Null(entry.ForgetsIn);
    }

    [Fact]
    public void What_was_prepared_and_left_behind_is_forgotten_and_the_next_key_does_nothing_then()
    {
        Type("0");
        entry.Press(KeyCode.KeypadAsterisk);
        Assert.Equal(KeyEntry.ForgetAfter, entry.ForgetsIn);
        time.Advance(KeyEntry.ForgetAfter);

        Assert.Equal(new KeyOutcome.Refused("tooSlow"), entry.Press(KeyCode.KeypadSlash));
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Park, ""), entry.Press(KeyCode.KeypadSlash));
    }

    [Fact]
    public void It_is_taken_back_with_backspace_and_no_release_with_it()
    {
        Type("0");
        entry.Press(KeyCode.KeypadAsterisk);

        Assert.IsType<KeyOutcome.Cleared>(entry.Press(KeyCode.Backspace));
        Assert.Equal(new KeyOutcome.Ordered(KeyFunction.Undo, ""), entry.Press(KeyCode.Backspace));
    }

    [Fact]
    public void A_PIN_is_not_in_what_is_logged()
    {
        Type("4711");

        Assert.DoesNotContain("4711", entry.Press(KeyCode.KeypadDot).ToString());
    }

    private void Type(string digits)
    {
        foreach (var digit in digits)
        {
            Assert.IsType<KeyOutcome.DigitTaken>(entry.Press(KeyText.KeyFor(digit)!.Value.Key));
        }
    }
}
