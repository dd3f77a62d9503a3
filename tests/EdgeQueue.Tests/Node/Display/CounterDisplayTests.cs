using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Node.Roles.Display;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Tests.Node.Display;

public sealed class CounterDisplayTests
{
    private readonly FakeTime time = new();
    private readonly WatchedDisplay led = new();
    private readonly CounterDisplay display;

    public CounterDisplayTests() => display = new CounterDisplay(
        new DisplayConfiguration { Counter = "c5", Chip = "ht16k33", Path = "/dev/i2c-1" }, led, time);

    [Fact]
    public void The_bus_is_left_alone_while_nothing_changes()
    {
        display.Show(Serving("A042"));
        time.Advance(TimeSpan.FromSeconds(1));
        display.Show(Serving("A042"));
        Assert.Equal(["whole", "A042"], led.Bus);

        display.Show(Serving("A043"));
        Assert.Equal(["whole", "A042", "A043"], led.Bus);
    }

    [Fact]
    public void A_display_that_lost_its_power_unnoticed_is_lit_again_within_five_seconds()
    {
        display.Show(Serving("A042"));
        time.Advance(TimeSpan.FromSeconds(4));
        var wait = display.Show(Serving("A042"));
        time.Advance(wait);
        display.Show(Serving("A042"));

        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        Assert.Equal(["whole", "A042", "whole", "A042"], led.Bus);
    }

    [Fact]
    public void After_a_test_pattern_the_truth_is_shown_again()
    {
        display.Show(Serving("A042"));
        led.Bus.Clear();

        Assert.Null(display.ShowEverywhere('8'));
        display.Show(Serving("A042"));

        Assert.Equal(["whole", new string('8', led.Columns), "A042"], led.Bus);
    }

    [Fact]
    public void An_unplugged_display_is_a_fault_tried_every_second_and_drawn_whole_when_it_is_back()
    {
        display.Show(Serving("A042"));
        led.Bus.Clear();
        led.Unplugged = true;

        var wait = display.Show(Serving("A043"));
        Assert.Contains("c5", display.DeviceFault);
        time.Advance(TimeSpan.FromMilliseconds(999));
        led.Unplugged = false;
        display.Show(Serving("A044"));
        Assert.Empty(led.Bus);

        time.Advance(TimeSpan.FromMilliseconds(1));
        display.Show(Serving("A044"));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        Assert.Null(display.DeviceFault);
        Assert.Equal(["whole", "A044"], led.Bus);
    }

    private static CounterView Serving(string label) => new(
        new CounterMessage(1, "j", 1, "c5", "5", 1, CounterPhase.Serving, "anna", label, 1, "cash", 1, 5, null, 0),
        TimeSpan.Zero, null, null);

    private sealed class WatchedDisplay : ILedDisplay
    {
        private DisplayFrame? frame;
        private bool whole;

        public List<string> Bus { get; } = [];

        public bool Unplugged { get; set; }

        public int Columns => 4;

        public bool CanBlink => true;

        public bool CanShow(string text) => text.Length <= 4;

        public bool CanShow(string text, Arrow arrow) => false;

        public void Show(DisplayFrame next) => frame = next;

        public void Invalidate() => whole = true;

        public void Flush()
        {
            if (Unplugged)
            {
                throw new DeviceException("/dev/i2c-1", "nobody answers");
            }

            if (whole)
            {
                Bus.Add("whole");
                whole = false;
            }

            Bus.Add(frame!.Text);
        }

        public void Dispose()
        {
        }
    }
}
