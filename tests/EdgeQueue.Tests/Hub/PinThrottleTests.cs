using EdgeQueue.Core.Contracts;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Hub;

public sealed class PinThrottleTests
{
    private static readonly UnitAddress Keypad = new("counter-1", "keypad"), Other = new("counter-2", "keypad");

    private readonly FakeTime time = new();

    [Fact]
    public void The_pause_doubles_from_thirty_seconds_to_a_quarter_of_an_hour_at_that_keypad_only()
    {
        var throttle = new PinThrottle(time);
        for (var i = 0; i < PinThrottle.FreeTries; i++)
        {
            Assert.Null(throttle.Pause(Keypad));
            throttle.Wrong(Keypad);
        }

        foreach (var seconds in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            Assert.Equal(seconds, throttle.Pause(Keypad)!.Value.TotalSeconds);
            Assert.Null(throttle.Pause(Other));
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Null(throttle.Pause(Keypad));
            throttle.Wrong(Keypad);
        }
    }

    [Fact]
    public void A_right_one_forgives_all()
    {
        var throttle = new PinThrottle(time);
        for (var i = 0; i < PinThrottle.FreeTries; i++)
        {
            throttle.Wrong(Keypad);
        }

        throttle.Right(Keypad);
        throttle.Wrong(Keypad);

        Assert.Null(throttle.Pause(Keypad));
    }
}
