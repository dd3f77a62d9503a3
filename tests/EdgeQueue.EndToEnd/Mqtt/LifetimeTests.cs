using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;
using EdgeQueue.Mqtt.Native;

namespace EdgeQueue.EndToEnd.Mqtt;

/// <summary>Alone in its collection: it counts what the whole process holds.</summary>
[Collection(nameof(LifetimeTests))]
public sealed class LifetimeTests
{
    [Fact]
    public async Task A_hundred_connections_leave_no_client_and_no_descriptor_behind()
    {
        await using Broker broker = await Broker.StartAsync();
        MqttOptions options = broker.Options("keypad-1", Topics.Of("counter/#"));
        await ConnectAndDisposeAsync(options);
        int before = Descriptors();

        for (int round = 0; round < 100; round++)
        {
            await ConnectAndDisposeAsync(options);
        }

        Assert.Equal(0, MosquittoClient.Living);
        Assert.InRange(Descriptors(), 0, before + 10);
    }

    [Fact]
    public async Task Fifty_failed_attempts_leave_nothing_behind_either()
    {
        await using Broker broker = await Broker.StartAsync();
        broker.Kill();
        int before = Descriptors();
        for (int round = 0; round < 50; round++)
        {
            await using Link link = Link.Start(broker.Options("keypad-1"));
            await link.ExpectAsync<MqttConnectFailed>();
        }

        Assert.Equal(0, MosquittoClient.Living);
        Assert.InRange(Descriptors(), 0, before + 10);
    }

    [Fact]
    public async Task A_connection_that_never_ran_can_be_disposed_and_one_runs_only_once()
    {
        var options = new MqttOptions { Host = "localhost", Port = 1, ClientId = "x" };
        await new MqttConnection(options).DisposeAsync();

        await using var connection = new MqttConnection(options);
        Task running = connection.RunAsync(CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.RunAsync(CancellationToken.None));
        await connection.DisposeAsync();
        await running;
    }

    private static async Task ConnectAndDisposeAsync(MqttOptions options)
    {
        Link link = await Link.UpAsync(options);
        await link.DisposeAsync();
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}

[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
public sealed class LifetimeCollection;
