using System.Diagnostics;
using System.Text;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

public sealed class PublishTests
{
    [Fact]
    public async Task A_command_that_the_hub_hears_is_accepted()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        PublishOutcome outcome = await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "next");

        Assert.Equal(PublishOutcome.Accepted, outcome);
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " next", await hub.HearAsync());
    }

    [Fact]
    public async Task A_command_while_no_hub_is_there_is_reported_as_heard_by_nobody()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        Assert.Equal(PublishOutcome.NobodySubscribed, await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "next"));
    }

    [Fact]
    public async Task A_publication_larger_than_the_brokers_limit_is_refused_and_the_connection_stands()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub"));

        PublishOutcome outcome = await hub.SayAsync(Topics.Of("counter/1"), new string('x', 140_000));

        Assert.Equal(PublishOutcome.Refused, outcome);
        Assert.Equal(PublishOutcome.NobodySubscribed, await hub.SayAsync(Topics.Of("counter/1"), "A001"));
    }

    [Fact]
    public async Task What_one_node_publishes_arrives_in_order()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        var outcomes = new List<Task<PublishOutcome>>();
        for (int number = 0; number < 2000; number++)
        {
            outcomes.Add(keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{number}"));
        }

        for (int number = 0; number < 2000; number++)
        {
            Assert.Equal($"{Topics.Of("cmd/keypad-1/a")} {number}", await hub.HearAsync());
        }

        Assert.All(await Task.WhenAll(outcomes), outcome => Assert.Equal(PublishOutcome.Accepted, outcome));
    }

    [Fact]
    public async Task Every_publication_of_many_threads_gets_its_own_answer()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        Task<int> heard = Task.Run(async () =>
        {
            int messages = 0;
            while (messages < 4000)
            {
                await hub.ExpectAsync<MqttMessage>();
                messages++;
            }

            return messages;
        }, TestContext.Current.CancellationToken);

        // Half of them go where nobody listens: an answer given to the wrong publication would show.
        PublishOutcome[][] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            Task.WhenAll(Enumerable.Range(0, 1000).Select(number => keypad.SayAsync(
                Topics.Of(number % 2 == 0 ? "cmd/keypad-1/a" : "node/keypad-1/a/status"), $"{thread} {number}"))), TestContext.Current.CancellationToken)));

        foreach (PublishOutcome[] thread in outcomes)
        {
            for (int number = 0; number < thread.Length; number++)
            {
                Assert.Equal(number % 2 == 0 ? PublishOutcome.Accepted : PublishOutcome.NobodySubscribed, thread[number]);
            }
        }

        Assert.Equal(4000, await heard);
    }

    [Fact]
    public async Task More_publications_than_the_queue_holds_are_refused_aloud()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1") with { OutboundCapacity = 10 });
        broker.Freeze();

        var outcomes = Enumerable.Range(0, 12).Select(n => keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{n}")).ToList();
        Assert.Equal(PublishOutcome.QueueFull, await outcomes[10]);
        Assert.Equal(PublishOutcome.QueueFull, await outcomes[11]);
        broker.Thaw();

        Assert.All(await Task.WhenAll(outcomes.Take(10)), o => Assert.Equal(PublishOutcome.NobodySubscribed, o));
    }

    [Fact]
    public async Task A_press_that_has_expired_is_not_delivered()
    {
        await using Broker broker = await Broker.StartAsync();
        MqttOptions session = broker.Options("hub", Topics.Of("cmd/#")) with
        {
            CleanStart = false, SessionExpiry = TimeSpan.FromMinutes(1),
        };
        await (await Link.UpAsync(session)).DisposeAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "soon stale", expiry: TimeSpan.FromSeconds(1));
        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "lasting", expiry: TimeSpan.FromMinutes(1));
        // The broker counts in whole seconds of its own clock: nothing but time can make the first one expire.
        await Task.Delay(2100, TestContext.Current.CancellationToken);

        await using Link hub = await Link.UpAsync(session);
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " lasting", await hub.HearAsync());
    }

    [Fact]
    public async Task There_and_back_takes_no_forty_milliseconds()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("reply/keypad-1/#")));
        Task answering = Task.Run(async () =>
        {
            for (int n = 0; n < 200; n++)
            {
                MqttMessage press = await hub.ExpectAsync<MqttMessage>();
                _ = hub.Connection.PublishAsync(new(Topics.Of("reply/keypad-1/a"), press.Payload));
            }
        }, TestContext.Current.CancellationToken);

        var times = new List<TimeSpan>();
        for (int n = 0; n < 200; n++)
        {
            long began = Stopwatch.GetTimestamp();
            _ = keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), $"{n}");
            MqttMessage reply = await keypad.ExpectAsync<MqttMessage>();
            times.Add(Stopwatch.GetElapsedTime(began));
            Assert.Equal($"{n}", Encoding.UTF8.GetString(reply.Payload.Span));
        }

        await answering;
        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"there and back, TLS: p50 {times[100].TotalMilliseconds:0.000} ms, p99 {times[198].TotalMilliseconds:0.000} ms");
        // Nagle's algorithm with delayed acknowledgements makes it 80 ms; without, it is a fraction of one.
        Assert.InRange(times[100].TotalMilliseconds, 0, 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cmd/+/a")]
    [InlineData("cmd/#")]
    public async Task A_topic_that_cannot_be_published_to_is_the_callers_bug(string topic)
    {
        await using var connection = new MqttConnection(new() { Host = "localhost", Port = 1, ClientId = "x" });

        await Assert.ThrowsAsync<ArgumentException>(() => connection.PublishAsync(new(topic, default)));
    }
}
