using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Tests.Input;

public sealed class KeyNamesTests
{
    [Theory]
    [InlineData("KEY_1", KeyCode.Digit1)]
    [InlineData("KEY_KP7", KeyCode.Keypad7)]
    [InlineData("KEY_KPENTER", KeyCode.KeypadEnter)]
    [InlineData("KEY_KPASTERISK", KeyCode.KeypadAsterisk)]
    [InlineData("KEY_KPLEFTPAREN", KeyCode.KeypadLeftParenthesis)]
    [InlineData("KEY_ESC", KeyCode.Escape)]
    [InlineData("KEY_BACKSPACE", KeyCode.Backspace)]
    [InlineData("KEY_DOT", KeyCode.Period)]
    [InlineData("KEY_LEFTBRACE", KeyCode.LeftBracket)]
    [InlineData("KEY_PAGEUP", KeyCode.PageUp)]
    [InlineData("BTN_3", KeyCode.Button3)]
    [InlineData("353", (KeyCode)353)]
    public void A_configuration_names_keys_as_the_kernel_does(string name, KeyCode key)
    {
        Assert.True(KeyNames.TryParse(name, out var found));
        Assert.Equal(key, found);
        Assert.Equal(name, KeyNames.Of(key));
    }

    [Fact]
    public void Every_named_key_is_found_by_its_name()
    {
        foreach (var key in Enum.GetValues<KeyCode>().Where(key => key != KeyCode.None))
        {
            Assert.True(KeyNames.TryParse(KeyNames.Of(key), out var found), KeyNames.Of(key));
            Assert.Equal(key, found);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("KEY_")]
    [InlineData("KEY_NOSUCH")]
    [InlineData("Keypad1")]
    [InlineData("0")]
    [InlineData("768")]
    [InlineData("-3")]
    public void What_no_key_is_called_is_refused(string name) => Assert.False(KeyNames.TryParse(name, out _));
}
