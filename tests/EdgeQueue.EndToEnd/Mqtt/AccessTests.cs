using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

/// <summary>The broker says who speaks: what <c>branch.acl</c> lets through, seen from both sides.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("cmd/keypad-1/a", true)]
    [InlineData("node/keypad-1/a/status", true)]
    [InlineData("cmd/keypad-2/a", false)]
    [InlineData("cmd/keypad-1", false)]
    [InlineData("cmd/keypad-1/a/b", false)]
    [InlineData("node/keypad-2/a/status", false)]
    [InlineData("node/keypad-1/status", false)]
    [InlineData("node/keypad-1/a/b/status", false)]
    [InlineData("reply/keypad-1/a", false)]
    [InlineData("counter/1", false)]
    [InlineData("zone/hall/board", false)]
    [InlineData("zone/hall/calls", false)]
    [InlineData("dispenser/keypad-1/a", false)]
    [InlineData("branch/status", false)]
    [InlineData("doctor/keypad-1/a/findings", true)]
    [InlineData("doctor/keypad-1/a/ask", false)]
    [InlineData("doctor/keypad-2/a/findings", false)]
    public async Task A_node_speaks_under_its_own_name_only(string topic, bool allowed)
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        PublishOutcome outcome = await keypad.SayAsync(Topics.Of(topic), "x");

        Assert.Equal(allowed ? PublishOutcome.NobodySubscribed : PublishOutcome.Refused, outcome);
    }

    [Fact]
    public async Task A_node_does_not_reach_another_branch()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));

        Assert.Equal(
            PublishOutcome.Refused,
            await keypad.Connection.PublishAsync(new("edgequeue/v1/elsewhere/cmd/keypad-1/a", default)));
    }

    [Fact]
    public async Task The_hub_may_say_all_that_it_owns_and_nothing_in_a_nodes_name()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link hub = await Link.UpAsync(broker.Options("hub"));

        foreach (string topic in new[]
        {
            "reply/keypad-1/a", "counter/1", "zone/hall/board", "zone/hall/calls", "dispenser/door/a", "branch/status", "node/gone/a/status",
        })
        {
            Assert.Equal(PublishOutcome.NobodySubscribed, await hub.SayAsync(Topics.Of(topic), "x"));
        }

        Assert.Equal(PublishOutcome.Refused, await hub.SayAsync(Topics.Of("cmd/keypad-1/a"), "x"));
    }

    [Fact]
    public async Task A_node_hears_what_is_shown_and_its_own_replies_and_no_more()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1", Topics.Of("#")));
        await using Link hub = await Link.UpAsync(broker.Options("hub"));
        await using Link other = await Link.UpAsync(broker.Options("keypad-2"));

        await other.SayAsync(Topics.Of("cmd/keypad-2/a"), "foreign command");
        await other.SayAsync(Topics.Of("node/keypad-2/a/status"), "foreign status");
        foreach (string topic in new[]
        {
            "reply/keypad-2/a", "dispenser/door/a", "reply/keypad-1/a", "counter/1", "zone/hall/board", "branch/status",
        })
        {
            await hub.SayAsync(Topics.Of(topic), "x");
        }

        // mosquitto grants the subscription to everything, and filters what it delivers.
        foreach (string topic in new[] { "reply/keypad-1/a", "counter/1", "zone/hall/board", "branch/status" })
        {
            Assert.Equal(Topics.Of(topic) + " x", await keypad.HearAsync());
        }
    }

    [Fact]
    public async Task A_technician_with_the_watch_certificate_hears_all_but_commands_and_cannot_change_a_thing()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link watch = await Link.UpAsync(broker.Options("watch", Topics.Of("#")));
        await using Link keypad = await Link.UpAsync(broker.Options("keypad-1"));
        await using Link hub = await Link.UpAsync(broker.Options("hub", Topics.Of("cmd/#")));

        // given: a command with a PIN in it, and one that the broker keeps
        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "open, PIN 4711");
        await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "kept, PIN 4711", retain: true);
        Assert.Equal(Topics.Of("cmd/keypad-1/a") + " open, PIN 4711", await hub.HearAsync());
        await keypad.SayAsync(Topics.Of("node/keypad-1/a/status"), "x");
        string[] shown = ["reply/keypad-1/a", "counter/1", "zone/hall/board", "zone/hall/calls", "dispenser/door/a", "branch/status"];
        foreach (string topic in shown)
        {
            await hub.SayAsync(Topics.Of(topic), "x");
        }

        // then: one connection delivers in order, so what came first would be heard first
        foreach (string topic in shown.Prepend("node/keypad-1/a/status"))
        {
            Assert.Equal(Topics.Of(topic) + " x", await watch.HearAsync());
        }

        await using Link later = await Link.UpAsync(
            broker.Options("watch", Topics.Of("cmd/#"), Topics.Of("counter/#")));
        await hub.SayAsync(Topics.Of("counter/1"), "y");
        Assert.Equal(Topics.Of("counter/1") + " y", await later.HearAsync());
        Assert.Equal(PublishOutcome.Refused, await watch.SayAsync(Topics.Of("counter/1"), "x"));
        Assert.Equal(PublishOutcome.Refused, await watch.SayAsync(Topics.Of("cmd/keypad-1/a"), "x"));
    }

    [Fact]
    public async Task A_node_that_takes_anothers_client_id_is_told_of_and_gains_no_right()
    {
        await using Broker broker = await Broker.StartAsync();
        MqttOptions honest = broker.Options("keypad-1") with { ClientId = "keypad-1/a" };
        await using Link keypad = await Link.UpAsync(honest);
        await using Link thief = await Link.UpAsync(broker.Options("keypad-2") with
        {
            ClientId = "keypad-1/a", FirstRetry = TimeSpan.FromSeconds(30), LongestRetry = TimeSpan.FromSeconds(30),
        });

        Assert.Contains("same client id 'keypad-1/a'", (await keypad.ExpectAsync<MqttDisconnected>()).Reason, StringComparison.Ordinal);
        Assert.Equal(PublishOutcome.Refused, await thief.SayAsync(Topics.Of("cmd/keypad-1/a"), "x"));
        await keypad.ExpectAsync<MqttConnected>();
        Assert.NotEqual(PublishOutcome.Refused, await keypad.SayAsync(Topics.Of("cmd/keypad-1/a"), "x"));
    }
}
