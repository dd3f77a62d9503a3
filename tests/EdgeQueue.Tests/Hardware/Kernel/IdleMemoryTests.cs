using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Tests.Hardware.Kernel;

public sealed class IdleMemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void What_the_start_left_is_given_back_in_the_first_quiet_period_and_once()
    {
        var memory = new IdleMemory(TimeProvider.System);

        Assert.False(memory.Due(3 * Mebibyte), "that period was the start itself");
        Assert.True(memory.Due((3 * Mebibyte) + 50_000));
        Assert.False(memory.Due((3 * Mebibyte) + 100_000), "nothing was left behind since");
    }

    [Fact]
    public void Work_is_never_interrupted_and_heartbeats_alone_are_collected_when_they_make_a_mebibyte()
    {
        var memory = new IdleMemory(TimeProvider.System);
        var allocated = 2 * Mebibyte;
        memory.Due(allocated);
        memory.Due(allocated);

        for (var period = 0; period < 100; period++)
        {
            Assert.False(memory.Due(allocated += Mebibyte), "people are pressing keys");
        }

        Assert.True(memory.Due(allocated += 40_000), "they stopped");
        var periods = 1;
        while (!memory.Due(allocated += 40_000))
        {
            periods++;
        }

        Assert.Equal(27, periods);
    }
}
