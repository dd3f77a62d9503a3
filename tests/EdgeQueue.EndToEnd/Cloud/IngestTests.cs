using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The test speaks as a hub, and as one that misbehaves.</summary>
public sealed class IngestTests
{
    private static readonly Topics Oslo = new("oslo");

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task Sent_twice_overlapping_and_with_a_gap_everything_is_stored_once(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync("oslo");
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, CloudStage.SettingsOf(broker));
        await using Mqtt.Link hub = await Mqtt.Link.UpAsync(broker.Options("oslo", Oslo.Ack));

        Assert.Equal(0, (await SayAsync(hub, Batch(1, 1))).Seq);
        Assert.Equal(3, (await SayAsync(hub, Batch(2, 1, Ticket(1), Ticket(2), Ticket(3)))).Seq);
        Assert.Equal(3, (await SayAsync(hub, Batch(3, 1, Ticket(1), Ticket(2), Ticket(3)))).Seq);
        Assert.Equal(5, (await SayAsync(hub, Batch(4, 2, Ticket(2), Ticket(3), Ticket(4), Ticket(5)))).Seq);
        Assert.Equal(5, (await SayAsync(hub, Batch(5, 9, Ticket(9)))).Seq);
        AckMessage known = await SayAsync(hub, Batch(6, 5));

        Assert.Equal((5, AckMessage.HashOf(Ticket(5))), (known.Seq, known.Hash));
        CloudAccounts accounts = CloudAccounts.Read(cloud.Database);
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal((5, 5), (accounts.Stored, accounts.Issued));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task What_this_release_does_not_know_or_cannot_read_is_kept_whole_and_stops_nobody(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync("oslo");
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, CloudStage.SettingsOf(broker));
        await using Mqtt.Link hub = await Mqtt.Link.UpAsync(broker.Options("oslo", Oslo.Ack));
        string newer = """{"type":"visitDreamt","of":"сон \u0000","at":1767258000000}""";

        // Somebody listens.
        await SayAsync(hub, Batch(100, 1));
        await hub.Connection.PublishAsync(new(Oslo.Events, "not a batch"u8.ToArray()));
        await hub.Connection.PublishAsync(new(Oslo.Live, "{}"u8.ToArray()));
        AckMessage ack = await SayAsync(hub, Batch(
            1, 1, Ticket(1), Encoding.UTF8.GetBytes(newer), """{"type":"ticketIssued","visit":"rubbish","at":1}"""u8.ToArray(), "{}"u8.ToArray(),
            """{"type":"visitArrived","visit":9223372036854775807,"counter":"\u0000","at":-9223372036854775808}"""u8.ToArray(), Ticket(2)));

        Assert.Equal(6, ack.Seq);
        Assert.Equal(6, CloudAccounts.Scalar(cloud.Database, "select count(*) from event"));
        Assert.Equal(2, CloudAccounts.Scalar(cloud.Database, "select sum(issued) from quarter"));
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Database, "select count(*) from uncounted_event"));
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, $"select count(*) from uncounted_event where data = '{newer}'"));
        Assert.Equal("ok\n", await cloud.GetAsync("/healthz"));
        Assert.Equal(1, await cloud.MetricAsync("edgequeue_cloud_input_refused{why=\"malformed\"}"));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_database_that_was_put_back_under_a_running_cloud_gets_no_branchs_events_into_another_ones_journal(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync("oslo");
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, CloudStage.SettingsOf(broker));
        await using Mqtt.Link hub = await Mqtt.Link.UpAsync(broker.Options("oslo", Oslo.Ack));
        Assert.Equal(3, (await SayAsync(hub, Batch(1, 1, Ticket(1), Ticket(2), Ticket(3)))).Seq);

        // In the older copy another journal has the number that this one got later.
        await Accounts.OfficeAccount.RunAsync(cloud.Database, "update journal set name = 'another'");
        Assert.Equal(0, (await SayAsync(hub, Batch(2, 4, Ticket(4)))).Seq);
        Assert.Equal(4, (await SayAsync(hub, Batch(3, 1, Ticket(1), Ticket(2), Ticket(3), Ticket(4)))).Seq);

        Assert.Equal(3, CloudAccounts.Scalar(cloud.Database, "select seq from journal where name = 'another'"));
        Assert.Equal(7, CloudAccounts.Read(cloud.Database).Stored);
    }

    [Fact]
    public async Task Two_replicas_take_from_two_brokers_and_store_once()
    {
        await using Broker first = await Broker.StartCloudAsync("oslo");
        await using Broker second = await Broker.StartCloudAsync("oslo");
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        await using CloudUnderTest one = await CloudUnderTest.StartOverAsync(database, CloudStage.SettingsOf(first));
        await using CloudUnderTest two = await CloudUnderTest.StartOverAsync(database, CloudStage.SettingsOf(second));
        await using Mqtt.Link here = await Mqtt.Link.UpAsync(first.Options("oslo", Oslo.Ack));
        await using Mqtt.Link there = await Mqtt.Link.UpAsync(second.Options("oslo", Oslo.Ack));

        // The hub changed its broker, and what it had sent to the other was stored all the same.
        for (int i = 0; i < 10; i++)
        {
            EventBatch batch = Batch(i + 1, i + 1, Ticket(i + 1));
            AckMessage[] acks = await Task.WhenAll(SayAsync(here, batch), SayAsync(there, batch));
            Assert.All(acks, a => Assert.Equal(i + 1, a.Seq));
        }

        CloudAccounts accounts = CloudAccounts.Read(database);
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal((10, 10), (accounts.Stored, accounts.Issued));
    }

    private static byte[] Ticket(int number)
    {
        var at = new Moment(1_767_258_000_000 + (number * 1000L));
        return EventJson.Write(new TicketIssued(number, $"A{number:000}", "A", number, "general", null, 50, 600_000, 240_000, "en", null, $"p{number}", null, at, false, true, at));
    }

    private static EventBatch Batch(long number, long first, params byte[][] events) =>
        new("5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10", number, first, Array.Empty<JournalPosition>(), [.. events.Select(e => (ReadOnlyMemory<byte>)e)]);

    /// <summary>Sends again until the answer to this batch comes.</summary>
    private static async Task<AckMessage> SayAsync(Mqtt.Link hub, EventBatch batch)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            await hub.Connection.PublishAsync(new(Oslo.Events, batch.Write()));
            for (int looks = 0; looks < 200; looks++)
            {
                while (hub.Connection.Arrivals.TryRead(out MqttArrival? arrival))
                {
                    if (arrival is MqttMessage message && LinkJson.TryRead(message.Payload.Span, out AckMessage? ack, out _) && ack.Number == batch.Number)
                    {
                        return ack;
                    }
                }

                await Task.Delay(10);
            }
        }

        throw new TimeoutException($"no answer to batch {batch.Number}");
    }
}
