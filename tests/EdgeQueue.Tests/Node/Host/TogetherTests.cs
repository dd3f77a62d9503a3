using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

public sealed class TogetherTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    private static Task Waits(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop);

    [Fact]
    public async Task A_part_that_breaks_ends_the_others_and_is_not_hidden()
    {
        var loop = new RoleLoop(TimeProvider.System);
        loop.Post(() => throw new InvalidOperationException("no words for this language"));

        var broken = await Assert.ThrowsAsync<InvalidOperationException>(() => Together.RunAsync([Waits, loop.RunAsync, Waits], Now));

        Assert.Equal("no words for this language", broken.Message);
    }

    [Fact]
    public async Task A_part_that_has_nothing_to_do_ends_nothing()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var running = Together.RunAsync([_ => Task.CompletedTask, new RoleLoop(TimeProvider.System).RunAsync], stop.Token);

        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Being_stopped_ends_all_of_them()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var running = Together.RunAsync([Waits, new RoleLoop(TimeProvider.System).RunAsync], stop.Token);

        await stop.CancelAsync();

        await running;
    }
}
