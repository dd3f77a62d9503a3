using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class PatternLampTests
{
    private readonly FakeTime time = new();
    private readonly WatchedLamp watched;
    private readonly List<string?> faults = [];
    private readonly PatternLamp lamp;

    public PatternLampTests()
    {
        watched = new WatchedLamp(time);
        lamp = new PatternLamp(watched, time, faults.Add);
    }

    [Fact]
    public void A_press_is_seen_at_once_whatever_the_network_does()
    {
        lamp.Show(LampPattern.Pressed);

        Assert.Equal([(0, true)], watched.Changes);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(0, true), (60, false)], watched.Changes);
    }

    [Fact]
    public void Accepted_is_one_long_light_also_when_the_answer_is_faster_than_the_flash()
    {
        lamp.Show(LampPattern.Pressed);
        time.Advance(TimeSpan.FromMilliseconds(8));
        lamp.Show(LampPattern.Accepted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([(0, true), (708, false)], watched.Changes);
    }

    [Fact]
    public void Refused_is_three_quick_ones()
    {
        lamp.Show(LampPattern.Refused);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([(0, false), (60, true), (140, false), (220, true), (300, false), (380, true), (460, false)], watched.Changes);
    }

    [Fact]
    public void Not_known_goes_on_slowly_until_it_is_known()
    {
        lamp.Rest(LampPattern.NotKnown);
        time.Advance(TimeSpan.FromMilliseconds(2_000));
        Assert.Equal([(0, true), (400, false), (800, true), (1200, false), (1600, true), (2000, false)], watched.Changes);

        lamp.Rest(LampPattern.Dark);
        lamp.Show(LampPattern.Accepted);
        Assert.Equal((2000, true), watched.Changes[^1]);
    }

    [Fact]
    public void After_a_refusal_the_light_goes_back_to_what_it_was_saying()
    {
        lamp.Rest(LampPattern.NotKnown);
        lamp.Show(LampPattern.Refused);
        Assert.Equal("refused", lamp.Showing);
        time.Advance(LampPattern.Refused.Length);

        Assert.Equal("notKnown", lamp.Showing);
    }

    [Fact]
    public void A_keypad_whose_hub_is_away_blinks_every_three_seconds()
    {
        lamp.Rest(LampPattern.Away);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([(0, false), (2960, true), (3000, false), (5960, true), (6000, false)], watched.Changes);
    }

    [Fact]
    public void A_lamp_that_is_gone_is_told_and_lit_again_when_it_is_back()
    {
        watched.Gone = true;
        lamp.Rest(LampPattern.NotKnown);
        Assert.NotNull(faults[^1]);
        Assert.Empty(watched.Changes);

        watched.Gone = false;
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(faults[^1]);
        Assert.NotEmpty(watched.Changes);
    }

    [Theory]
    [InlineData("pressed", 60)]
    [InlineData("accepted", 700)]
    public void The_three_answers_are_three_different_lights(string name, int milliseconds)
    {
        LampPattern[] all = [LampPattern.Pressed, LampPattern.Accepted, LampPattern.Refused, LampPattern.NotKnown];

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), all.Single(pattern => pattern.Name == name).Length);
        Assert.Single(all, pattern => pattern.Repeats);
    }

    private sealed class WatchedLamp(FakeTime time) : ILamp
    {
        private readonly long from = time.GetTimestamp();

        public List<(int Milliseconds, bool On)> Changes { get; } = [];

        public bool Gone { get; set; }

        public void Light(bool on)
        {
            if (Gone)
            {
                throw new DeviceException("/sys/class/leds/keypad", "gone");
            }

            Changes.Add(((int)time.GetElapsedTime(from).TotalMilliseconds, on));
        }

        public void Dispose()
        {
        }
    }
}
