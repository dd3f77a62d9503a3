using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Tests.Hardware.Input;

public sealed class ScannerTextTests
{
    private readonly ScannerText scanner = new(ScannerText.UsualGap, longestText: 80);
    private long now = 1_000_000_000_000;

    [Theory]
    [InlineData("A042")]
    [InlineData("https://q.example/b/Zk3-_x?y=1&z=%7E#k")]
    [InlineData("`~!@#$%^&*()[]{}|\\;:'\",.<>/? +=")]
    public void What_a_scanner_types_is_the_text_it_read(string text) => Assert.Equal(text, Type(text));

    [Fact]
    public void Every_printable_ascii_character_can_be_scanned()
    {
        var all = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code));

        Assert.Equal(all[..60], Type(all[..60]));
        Assert.Equal(all[60..], Type(all[60..]));
    }

    [Fact]
    public void Numeric_keypads_type_the_same_digits() =>
        Assert.Equal("90", Press(KeyCode.Keypad9, KeyCode.Keypad0, KeyCode.KeypadEnter));

    [Fact]
    public void A_scan_that_was_cut_off_does_not_stick_to_the_next()
    {
        Press(KeyCode.A, KeyCode.B);
        now += 600_000_000;

        Assert.Equal("c", Press(KeyCode.C, KeyCode.Enter));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_as_a_whole_and_the_next_is_read()
    {
        Assert.Null(Type(new string('7', 81)));
        Assert.Equal("77", Type("77"));
    }

    [Fact]
    public void Enter_alone_is_no_text() => Assert.Null(Press(KeyCode.Enter));

    private string? Type(string text)
    {
        foreach (var character in text)
        {
            var (key, shift) = Assert.NotNull(KeyText.KeyFor(character));
            if (shift)
            {
                Change(KeyCode.RightShift, true);
            }

            Press(key);
            if (shift)
            {
                Change(KeyCode.RightShift, false);
            }
        }

        return Press(KeyCode.Enter);
    }

    private string? Press(params KeyCode[] keys)
    {
        string? text = null;
        foreach (var key in keys)
        {
            text = Change(key, true);
            Assert.Null(Change(key, false));
        }

        return text;
    }

    private string? Change(KeyCode key, bool down) => scanner.Take(new KeyChanged(key, down, now += 2_000_000));
}
