using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

/// <summary>Real programs of any Linux.</summary>
public sealed class ChildProcessTests
{
    private readonly ConcurrentQueue<string> _said = [];

    [Fact]
    public async Task It_says_its_output_and_its_errors_line_by_line_and_its_code()
    {
        int code = await RunAsync("sh", "-c", "echo one; echo two >&2; printf 'three æ'; exit 7");

        Assert.Equal(7, code);
        Assert.Equal(["one", "two", "three æ"], _said);
    }

    [Fact]
    public async Task Arguments_and_the_environment_arrive_as_they_are()
    {
        Assert.Equal(0, await RunAsync("sh", "-c", "echo \"$1|$2|$PATH\"", "sh", "a b", "*'\""));

        Assert.Equal([$"a b|*'\"|{Environment.GetEnvironmentVariable("PATH")}"], _said);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_number()
    {
        Assert.Equal(-2, await RunAsync("no-such-program"));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_signal_is_told_from_a_code() => Assert.Equal(128 + 15, await RunAsync("sh", "-c", "kill -TERM $$"));

    [Fact]
    public async Task Cancelled_it_is_killed()
    {
        using var cancelled = new CancellationTokenSource();
        long began = Stopwatch.GetTimestamp();
        Task<int> running = ChildProcess.RunAsync("sleep", ["60"], _said.Enqueue, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "it slept on");
    }

    private Task<int> RunAsync(string file, params string[] arguments) => ChildProcess.RunAsync(file, arguments, _said.Enqueue, CancellationToken.None);
}
