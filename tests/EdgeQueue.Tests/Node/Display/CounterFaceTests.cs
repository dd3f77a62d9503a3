using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Node.Roles.Display;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Tests.Node.Display;

public sealed class CounterFaceTests
{
    private const long CalledAt = 1_000_000;

    private static readonly DisplayConfiguration Configuration = new()
    {
        Counter = "c5", Chip = "ht16k33", Path = "/dev/i2c-1", Arrow = "left", Night = ["22:00", "06:00"], ClosedText = "----",
        PausedText = "PAUS",
    };

    [Fact]
    public void A_called_ticket_is_shown_with_the_arrow() =>
        Assert.Equal(
            new DisplayFrame("A042") { Arrow = Arrow.Left, Brightness = 12 },
            Shown(Called(), after: TimeSpan.FromSeconds(5)).Frame);

    [Fact]
    public void A_new_call_blinks_for_its_time_and_then_stands_still()
    {
        var face = Face(canBlink: false);

        bool[] lit = [.. Enumerable.Range(0, 24).Select(quarter => face.At(View(Called(), TimeSpan.FromMilliseconds(quarter * 250))).Frame.Lit)];

        bool[] blinking = [.. Enumerable.Range(0, 20).Select(quarter => quarter % 2 == 0), true, true, true, true];
        Assert.Equal(blinking, lit);
    }

    [Fact]
    public void A_display_that_blinks_by_itself_is_told_so_and_left_alone_until_the_end()
    {
        var face = Face(canBlink: true).At(View(Called(), TimeSpan.FromSeconds(1)));

        Assert.Equal(Blink.TwoHertz, face.Frame.Blink);
        Assert.Equal(TimeSpan.FromSeconds(4), face.ChangesIn);
        Assert.Equal(Blink.None, Face(canBlink: true).At(View(Called(), TimeSpan.FromSeconds(5))).Frame.Blink);
    }

    [Fact]
    public void A_display_that_was_rebooted_during_a_call_blinks_the_rest_of_it() =>
        Assert.Equal(TimeSpan.FromSeconds(2), Face(canBlink: true).At(View(Called(), TimeSpan.FromSeconds(3))).ChangesIn);

    [Fact]
    public void A_repeated_call_blinks_anew()
    {
        var recalled = Called() with { Times = 2, CalledAt = CalledAt + 60_000 };

        Assert.Equal(Blink.TwoHertz, Shown(recalled, after: TimeSpan.FromSeconds(61)).Frame.Blink);
    }

    [Fact]
    public void Who_is_served_does_not_blink_and_needs_no_arrow()
    {
        var serving = Called() with { Phase = CounterPhase.Serving };

        Assert.Equal(new DisplayFrame("A042") { Brightness = 12 }, Shown(serving, after: TimeSpan.FromSeconds(1)).Frame);
    }

    [Fact]
    public void Without_the_branch_s_time_a_call_is_shown_steadily() =>
        Assert.Equal(Blink.None, Face(canBlink: true).At(new CounterView(Called(), TimeSpan.Zero, null, null)).Frame.Blink);

    [Theory]
    [InlineData(CounterPhase.Closed, "----")]
    [InlineData(CounterPhase.Paused, "PAUS")]
    [InlineData(CounterPhase.Idle, "")]
    public void A_counter_without_a_customer_shows_its_text(CounterPhase phase, string text) =>
        Assert.Equal(text, Shown(Called() with { Phase = phase, Label = null, CalledAt = null }, TimeSpan.Zero).Frame.Text);

    [Theory]
    [InlineData(22 * 60, 3)]
    [InlineData(0, 3)]
    [InlineData((6 * 60) - 1, 3)]
    [InlineData(6 * 60, 12)]
    [InlineData((22 * 60) - 1, 12)]
    [InlineData(null, 12)]
    public void At_night_it_is_dimmer_and_while_nobody_knows_the_time_it_is_day(int? minute, int brightness) =>
        Assert.Equal(brightness, Face(canBlink: true).At(new CounterView(Called(), TimeSpan.Zero, null, minute)).Frame.Brightness);

    [Fact]
    public void Six_seconds_without_the_hub_the_stale_sign_begins_to_pulse_once_a_second()
    {
        var face = Face(canBlink: true);

        Assert.Equal(TimeSpan.FromMilliseconds(1), face.At(Silent(5_999)).ChangesIn);
        int[] silences = [0, 5_999, 6_000, 6_499, 6_500, 6_999, 7_000];
        Assert.Equal([false, false, true, true, false, false, true], silences.Select(ms => face.At(Silent(ms)).Frame.Stale));
        Assert.Equal("A042", face.At(Silent(59_999)).Frame.Text);
    }

    [Fact]
    public void After_a_minute_without_the_hub_no_number_is_shown_any_more()
    {
        var face = Face(canBlink: true).At(Silent(60_000));

        Assert.Equal(new DisplayFrame("----") { Stale = true, Brightness = 12 }, face.Frame);
    }

    [Fact]
    public void A_display_that_was_never_told_anything_says_so_at_once()
    {
        var face = Face(canBlink: true).At(new CounterView(null, TimeSpan.Zero, null, null));

        Assert.Equal(("----", true), (face.Frame.Text, face.Frame.Stale));
    }

    [Theory]
    [InlineData("VIP042", "042")]
    [InlineData("A12345", "----")]
    [InlineData("ÅÄÖX", "----")]
    public void A_label_that_does_not_fit_is_shown_as_its_whole_number_or_not_at_all_and_reported(string label, string text)
    {
        var face = Shown(Called() with { Label = label }, TimeSpan.FromSeconds(9));

        Assert.Equal((text, label), (face.Frame.Text, face.Unshown));
    }

    private static CounterMessage Called() => new(
        1, "journal", 7, "c5", "5", 3, CounterPhase.Called, "anna", "A042", 42, "cash", 1, CalledAt, null, 4);

    private static CounterView View(CounterMessage counter, TimeSpan after) =>
        new(counter, TimeSpan.Zero, new Moment(CalledAt) + after, 12 * 60);

    private static CounterView Silent(int milliseconds) =>
        new(Called(), TimeSpan.FromMilliseconds(milliseconds), new Moment(CalledAt + 100_000), 12 * 60);

    private static Face Shown(CounterMessage counter, TimeSpan after) => Face(canBlink: true).At(View(counter, after));

    private static CounterFace Face(bool canBlink) => new(
        Configuration, new DisplayAbilities(4, canBlink, text => text.Length <= 4 && text.All(char.IsAscii)));
}
