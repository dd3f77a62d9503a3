using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Tests.Node.Keypad;

public sealed class PauseGuardTests
{
    [Fact]
    public void A_finger_that_comes_twice_does_not_end_the_pause_it_began()
    {
        var time = new FakeTime();
        var guard = new PauseGuard();

        Assert.False(guard.IsBounce(time, time.GetTimestamp()));
        time.Advance(TimeSpan.FromMilliseconds(150));
        Assert.True(guard.IsBounce(time, time.GetTimestamp()));
        time.Advance(TimeSpan.FromMilliseconds(450));
        Assert.True(guard.IsBounce(time, time.GetTimestamp()));
        time.Advance(PauseGuard.SameFinger);
        Assert.False(guard.IsBounce(time, time.GetTimestamp()));
    }
}
