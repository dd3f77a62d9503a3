using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Node.Roles.Dispenser;

namespace EdgeQueue.Tests.Node.Dispenser;

public sealed class ButtonPressesTests
{
    private readonly FakeTime time = new();
    private readonly ButtonPresses presses;

    public ButtonPressesTests() =>
        presses = new ButtonPresses([new ButtonConfiguration("KEY_1", "cash"), new ButtonConfiguration("KEY_2", "loans")], time);

    [Fact]
    public void A_second_press_is_a_second_customer_unless_it_is_an_impatient_finger()
    {
        Assert.Equal(new ButtonPress(PressKind.Customer, 0), Press(KeyCode.Digit1));
        time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(PressKind.Double, Press(KeyCode.Digit1).Kind);
        Assert.Equal(new ButtonPress(PressKind.Customer, 1), Press(KeyCode.Digit2));
        time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(PressKind.Customer, Press(KeyCode.Digit1).Kind);
    }

    [Fact]
    public void A_press_that_waited_too_long_to_be_read_belongs_to_nobody()
    {
        var at = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(PressKind.TooOld, presses.Take(new KeyChanged(KeyCode.Digit1, true, at)).Kind);
    }

    [Fact]
    public void A_release_and_a_foreign_key_are_no_press()
    {
        Assert.Equal(PressKind.None, presses.Take(new KeyChanged(KeyCode.Digit1, false, time.GetTimestamp())).Kind);
        Assert.Equal(PressKind.None, Press(KeyCode.Digit9).Kind);
    }

    private ButtonPress Press(KeyCode key) => presses.Take(new KeyChanged(key, true, time.GetTimestamp()));
}
