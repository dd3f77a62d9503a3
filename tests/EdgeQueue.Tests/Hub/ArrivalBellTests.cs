using System.Threading.Channels;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Tests.Hub;

public sealed class ArrivalBellTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly LateChannel channel = new();
    private readonly ArrivalBell<int> bell;

    public ArrivalBellTests() => bell = new(channel.Reader);

    public void Dispose() => bell.Dispose();

    [Fact]
    public async Task Something_that_arrives_ends_the_wait()
    {
        var waiting = Waits();
        channel.Inner.Writer.TryWrite(1);
        await Ends(waiting);
    }

    [Fact]
    public async Task What_arrives_between_the_look_and_the_wait_is_not_overslept()
    {
        channel.BeforeWait = () => channel.Inner.Writer.TryWrite(1);
        await Ends(Waits());
    }

    [Fact]
    public async Task A_ring_from_before_the_wait_is_heard()
    {
        bell.Ring();
        await Ends(Waits());
    }

    [Fact]
    public async Task Rings_from_many_threads_are_never_lost()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var waiting = Waits();
            bell.Ring();
            await Ends(waiting);
        }
    }

    [Fact]
    public void The_fault_with_which_the_channel_ended_is_thrown()
    {
        channel.Inner.Writer.Complete(new InvalidOperationException("gone"));
        Assert.Equal("gone", Assert.Throws<InvalidOperationException>(() => bell.Wait(Long)).Message);
    }

    private Task Waits() => Task.Run(() => bell.Wait(Long), TestContext.Current.CancellationToken);

    private static Task Ends(Task waiting) => waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>Something may happen just before it is asked to wait.</summary>
    private sealed class LateChannel
    {
        public Channel<int> Inner { get; } = Channel.CreateUnbounded<int>();

        public Action? BeforeWait { get; set; }

        public ChannelReader<int> Reader => new LateReader(this);
    }

    private sealed class LateReader(LateChannel channel) : ChannelReader<int>
    {
        public override bool TryRead(out int item) => channel.Inner.Reader.TryRead(out item);

        public override bool TryPeek(out int item) => channel.Inner.Reader.TryPeek(out item);

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellation = default)
        {
            channel.BeforeWait?.Invoke();
            return channel.Inner.Reader.WaitToReadAsync(cancellation);
        }
    }
}
