using System.Diagnostics;
using System.Text;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_node_with_a_certificate_of_the_branch_connects()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = Link.Start(broker.Options("keypad-1", Topics.Of("counter/#")));

        var connected = await keypad.ExpectAsync<MqttConnected>();

        Assert.Equal(1, connected.Generation);
        Assert.True(keypad.Connection.Status.Connected);
    }

    [Fact]
    public async Task Retained_state_comes_after_the_connection_is_told()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        await hub.SayAsync(Topics.Of("counter/1"), "A001", retain: true);

        await using Link display = await Link.UpAsync(broker.Options("display-1", Topics.Of("branch/status"), Topics.Of("counter/1")));
        MqttMessage first = await display.ExpectAsync<MqttMessage>();
        await hub.SayAsync(Topics.Of("counter/1"), "A002", retain: true);
        MqttMessage second = await display.ExpectAsync<MqttMessage>();

        Assert.Equal(("A001", true), (Encoding.UTF8.GetString(first.Payload.Span), first.Retained));
        Assert.Equal(("A002", false), (Encoding.UTF8.GetString(second.Payload.Span), second.Retained));
    }

    [Fact]
    public async Task A_message_that_overtakes_the_suback_still_comes_after_the_connection_is_told()
    {
        await using var broker = new ScriptedBroker { AfterConnect = ScriptedBroker.Publish("a/b", "early") };
        await using Link node = Link.Start(broker.Options("a/b"));

        await node.ExpectAsync<MqttConnected>();

        Assert.Equal("a/b early", await node.HearAsync());
    }

    [Fact]
    public async Task The_will_is_published_when_a_node_is_cut_off_and_not_when_it_says_goodbye()
    {
        await using Broker broker = await Broker.StartAsync();
        string status = Topics.Of("node/keypad-1/a/status");
        await using Link hub = await Link.UpAsync(broker.Options("hub", status));
        MqttOptions withWill = broker.Options("keypad-1") with { Will = new(status, "gone"u8.ToArray(), Retain: true) };

        await using (Link keypad = await Link.UpAsync(withWill))
        {
            await keypad.SayAsync(status, "polite");
        }

        Assert.Equal(status + " polite", await hub.HearAsync());

        await using Link victim = await Link.UpAsync(withWill);
        // Another connection under the same id makes the broker throw the first one out, as if its cable were cut.
        await using Link successor = await Link.UpAsync(withWill with { Will = null });
        Assert.Equal(status + " gone", await hub.HearAsync());
    }

    [Fact]
    public async Task After_the_broker_was_killed_it_is_there_again_with_its_subscriptions()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        broker.Kill();
        await hub.ExpectAsync<MqttDisconnected>();
        await keypad.ExpectAsync<MqttDisconnected>();
        Assert.False(hub.Connection.Status.Connected);
        Assert.Contains("refused", (await hub.ExpectAsync<MqttConnectFailed>()).Reason, StringComparison.Ordinal);
        await keypad.ExpectAsync<MqttConnectFailed>();
        await broker.StartAgainAsync();

        Assert.Equal(2, (await hub.ExpectAsync<MqttConnected>()).Generation);
        Assert.Equal(2, (await keypad.ExpectAsync<MqttConnected>()).Generation);
        Assert.Equal(PublishOutcome.Accepted, await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "next"));
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " next", await hub.HearAsync());
    }

    [Fact]
    public async Task What_is_published_while_down_is_not_sent_later()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        broker.Kill();
        await keypad.ExpectAsync<MqttDisconnected>();
        await hub.ExpectAsync<MqttDisconnected>();
        await hub.ExpectAsync<MqttConnectFailed>();

        Assert.Equal(PublishOutcome.NotConnected, await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "while down"));

        await broker.StartAgainAsync();
        await hub.ExpectAsync<MqttConnected>();
        while (!keypad.Connection.Status.Connected)
        {
            await keypad.Connection.Arrivals.ReadAsync(TestContext.Current.CancellationToken);
        }

        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "after");
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " after", await hub.HearAsync());
    }

    [Fact]
    public async Task What_had_no_answer_when_the_connection_broke_is_uncertain_and_not_repeated_by_itself()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        broker.Freeze();
        Task<PublishOutcome> unanswered = keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "unanswered");
        // Nothing tells when the bytes have left; that they have is not what is tested, only that they are not repeated.
        await Task.Delay(50, TestContext.Current.CancellationToken);
        broker.Kill();

        Assert.Equal(PublishOutcome.ConnectionLost, await unanswered);
        await hub.ExpectAsync<MqttDisconnected>();
        await hub.ExpectAsync<MqttConnectFailed>();
        await broker.StartAgainAsync();
        await hub.ExpectAsync<MqttConnected>();
        while (!keypad.Connection.Status.Connected || keypad.Connection.Status.Generation < 2)
        {
            await keypad.Connection.Arrivals.ReadAsync(TestContext.Current.CancellationToken);
        }

        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "after");
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " after", await hub.HearAsync());
    }

    [Fact]
    public async Task A_session_is_kept_for_its_expiry()
    {
        await using Broker broker = await Broker.StartAsync();
        MqttOptions session = broker.Options("hub", Topics.Of("cmd/#")) with
        {
            CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(1),
        };
        await (await Link.UpAsync(session)).DisposeAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "while away");

        await using Link hub = await Link.UpAsync(session);

        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " while away", await hub.HearAsync());
    }

    [Fact]
    public async Task A_socket_numbered_above_1024_works()
    {
        await using Broker broker = await Broker.StartAsync();
        List<FileStream> filling = [.. Enumerable.Range(0, 1100).Select(_ => File.OpenRead("/dev/null"))];
        try
        {
            await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
            await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

            Assert.Equal(PublishOutcome.Accepted, await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "next"));
            Assert.Equal(Topics.Of("cmd/keypad-1/a") + " next", await hub.HearAsync());
            Assert.Contains(
                Directory.GetFileSystemEntries("/proc/self/fd"),
                fd => int.Parse(Path.GetFileName(fd)) >= 1024 && new FileInfo(fd).LinkTarget?.StartsWith("socket", StringComparison.Ordinal) == true);
        }
        finally
        {
            filling.ForEach(file => file.Dispose());
        }
    }

    [Fact]
    public async Task A_program_that_is_slow_to_take_its_messages_loses_none()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")) with { InboundCapacity = 64 });
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        PublishOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5000).Select(n => keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{n}")));

        // All is at the broker, and most of it stays there.
        Assert.InRange(hub.Connection.Arrivals.Count, 64, 80);
        Assert.All(outcomes, outcome => Assert.Equal(PublishOutcome.Accepted, outcome));
        for (int n = 0; n < 5000; n++)
        {
            Assert.Equal($"{Topics.Of("cmd/keypad-1/a")} {n}", await hub.HearAsync());
        }
    }

    [Fact]
    public async Task A_publication_is_answered_even_while_too_many_messages_wait()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")) with { InboundCapacity = 64 });
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("counter/1")));
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(n => keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{n}")));
        Assert.InRange(hub.Connection.Arrivals.Count, 64, 80);

        var watch = Stopwatch.StartNew();
        Assert.Equal(PublishOutcome.Accepted, await hub.SayAsync(Topics.Of("counter/1"), "A001"));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(hub.Connection.Arrivals.Count, 64, 2100);
    }

    /// <summary>Twelve seconds, because the least keep-alive is five.</summary>
    [Fact]
    [Trait("Length", "Long")]
    public async Task A_program_that_takes_nothing_for_longer_than_the_keep_alive_stays_connected_and_loses_nothing()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")) with { InboundCapacity = 64 });
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(n => keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{n}")));

        await Task.Delay(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);

        Assert.True(hub.Connection.Status.Connected);
        for (int n = 0; n < 5000; n++)
        {
            Assert.Equal($"{Topics.Of("cmd/keypad-1/a")} {n}", await hub.HearAsync());
        }
    }

    [Fact]
    public async Task Stopping_is_quick_and_ends_the_arrivals()
    {
        await using Broker broker = await Broker.StartAsync();
        using var stop = new CancellationTokenSource();
        await using var connection = new MqttConnection(broker.Options("keypad-1"));
        Task running = connection.RunAsync(stop.Token);
        Assert.IsType<MqttConnected>(await connection.Arrivals.ReadAsync(TestContext.Current.CancellationToken));

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await running;

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.IsType<MqttDisconnected>(await connection.Arrivals.ReadAsync(TestContext.Current.CancellationToken));
        await connection.Arrivals.Completion;
        Assert.Equal(PublishOutcome.NotConnected, await connection.PublishAsync(new("x", default)));
    }
}
