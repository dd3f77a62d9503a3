using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class PauseGuardTests
{
    [Fact]
    public void A_finger_that_comes_twice_does_not_end_the_pause_it_began()
    {
        var time = new ManualTime();
        var guard = new PauseGuard();
        var at = time.GetTimestamp();

        Assert.False(guard.IsBounce(time, at));
        Assert.True(guard.IsBounce(time, at + TimeSpan.FromMilliseconds(150).Ticks));
        Assert.True(guard.IsBounce(time, at + TimeSpan.FromMilliseconds(600).Ticks));
        Assert.False(guard.IsBounce(time, at + TimeSpan.FromMilliseconds(1_200).Ticks));
    }
}
