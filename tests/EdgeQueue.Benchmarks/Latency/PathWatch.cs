using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Latency;

/// <summary>
/// Where a press spends its time, seen by one more subscriber of the broker: <c>--path</c>. It costs the broker two more
/// messages a press, so it is not on when the budget is measured. It has the hub's certificate: nobody else may hear commands.
/// </summary>
internal sealed class PathWatch(BranchStage stage, UnitAddress keypad, string counter) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Samples toCommand = new();
    private readonly Samples toState = new();
    private readonly Samples toLight = new();
    private MqttConnection? connection;
    private Task running = Task.CompletedTask;
    private long commandAt;
    private long stateAt;

    public async Task StartAsync()
    {
        var topics = stage.Branch.Topics;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection = new MqttConnection(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = stage.BrokerPort,
            ClientId = "watch/path",
            Tls = new MqttTls(
                Path.Combine(stage.Certificates, "authority.crt"),
                Path.Combine(stage.Certificates, CertificatesAuthority.Hub + ".crt"),
                Path.Combine(stage.Certificates, CertificatesAuthority.Hub + ".key")),
            Subscriptions = [topics.Command(keypad), topics.Counter(counter)],
        });
        running = Task.WhenAll(connection.RunAsync(stop.Token), ReadAsync());
        await ready.Task;

        async Task ReadAsync()
        {
            await foreach (var arrival in connection.Arrivals.ReadAllAsync())
            {
                if (arrival is MqttConnected)
                {
                    ready.TrySetResult();
                }
                else if (arrival is MqttMessage message)
                {
                    Volatile.Write(ref message.Topic == topics.Counter(counter) ? ref stateAt : ref commandAt, message.ReceivedAt);
                }
            }
        }
    }

    /// <summary>After a press: when it was made, when the light was seen.</summary>
    public void Press(long began, long lit)
    {
        var (command, state) = (Volatile.Read(ref commandAt), Volatile.Read(ref stateAt));
        if (command > began && state > command)
        {
            toCommand.Add(Stopwatch.GetElapsedTime(began, command).TotalMilliseconds);
            toState.Add(Stopwatch.GetElapsedTime(command, state).TotalMilliseconds);
            toLight.Add(Stopwatch.GetElapsedTime(state, lit).TotalMilliseconds);
        }
    }

    public void Tell()
    {
        Say("key → command at the broker", toCommand);
        Say("command → state at the broker (hub)", toState);
        Say("state at the broker → light", toLight);

        static void Say(string what, Samples samples) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what}: p10 {samples.Percentile(10):0.00} ms, p50 {samples.Median:0.00} ms, p99 {samples.P99:0.00} ms"));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        stop.Dispose();
    }
}
