using System.Globalization;
using System.Net.Sockets;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>The bounds of branch.conf, each reached from outside: refused aloud, and the others notice nothing.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task One_connection_too_many_is_refused_and_named_until_another_leaves()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link honest = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));
        List<TcpClient> crowd = [];
        try
        {
            // Those who only knock count too: the bound is there before TLS costs anything.
            for (int i = 1; i < 1000; i++)
            {
                crowd.Add(await KnockAsync(broker.Port));
            }

            await Eventually.Is(() => Connections(broker) >= 1000, "a full house", 10);
            // Once 1,001 were let in: the one who looked whether the broker is there had just left. Some more than the bound, but not many.
            bool refused = false;
            for (int more = 0; more < 5 && !refused; more++)
            {
                crowd.Add(await KnockAsync(broker.Port));
                refused = await IsRefusedAsync(crowd[^1]);
            }

            Assert.True(refused, $"{crowd.Count} connections and one more were let in");
            await Eventually.Is(() => broker.Log.Contains("max_connections exceeded", StringComparison.Ordinal), "the log says why", 5);
            Assert.True(honest.Connection.Status.Connected);
        }
        finally
        {
            crowd.ForEach(c => c.Dispose());
        }

        await using Link next = await Link.UpAsync(broker.Options("hub"));
        Assert.Equal(PublishOutcome.Accepted, await next.SayAsync(Topics.Of("counter/1"), "x"));
    }

    [Fact]
    public async Task A_packet_beyond_all_bounds_ends_its_connection_and_nobody_elses()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link honest = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link huge = await Link.UpAsync(broker.Options("keypad-1"));

        PublishOutcome outcome = await huge.Connection.PublishAsync(new(Topics.Of("cmd/keypad-1/a"), new byte[250_000]));

        // The library itself looks at the bound that the broker announced; either way it never arrives.
        Assert.NotEqual(PublishOutcome.Accepted, outcome);
        await using Link other = await Link.UpAsync(broker.Options("keypad-2"));
        await other.SayAsync(Topics.Of("cmd/keypad-2/a"), "small");
        Assert.Equal(Topics.Of("cmd/keypad-2/a") + " small", await honest.HearAsync());
    }

    [Fact]
    public async Task Whoever_takes_nothing_is_owed_a_bounded_number_of_messages()
    {
        const int queued = 50;
        await using Broker broker = await Broker.StartAsync(configure: c => c
            .Replace("max_queued_messages 20000", string.Create(CultureInfo.InvariantCulture, $"max_queued_messages {queued}"), StringComparison.Ordinal)
            .Replace("max_inflight_messages 1000", "max_inflight_messages 10", StringComparison.Ordinal));
        MqttOptions sleeper = broker.Options("keypad-1", Topics.Of("counter/1")) with
        {
            CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(5),
        };
        await using (await Link.UpAsync(sleeper))
        {
        }

        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        for (int i = 0; i < queued * 2; i++)
        {
            await hub.SayAsync(Topics.Of("counter/1"), i.ToString(CultureInfo.InvariantCulture));
        }

        await using Link again = await Link.UpAsync(sleeper);
        for (int i = 0; i < queued; i++)
        {
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Topics.Of("counter/1")} {i}"), await again.HearAsync());
        }

        await hub.SayAsync(Topics.Of("counter/1"), "now");
        Assert.Equal(Topics.Of("counter/1") + " now", await again.HearAsync());
        Assert.Contains("messages are being dropped", broker.Log, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> KnockAsync(int port)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Closed at once by the other side.</summary>
    private static async Task<bool> IsRefusedAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], limit.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static int Connections(Broker broker) =>
        broker.Log.Split('\n').Count(l => l.Contains("New connection from", StringComparison.Ordinal));
}
