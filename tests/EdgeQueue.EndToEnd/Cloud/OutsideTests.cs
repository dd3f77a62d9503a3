using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>Commands from outside at a real hub; the test speaks for the cloud at the cloud's broker.</summary>
public sealed class OutsideTests
{
    private static readonly Topics Topics = new(Broker.Branch);

    [Fact]
    public async Task A_ticket_from_outside_is_one_ticket_however_often_it_is_asked_for_and_can_be_given_up()
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        await using Mqtt.Link cloud = await Mqtt.Link.UpAsync(broker.Options("_cloud", Topics.CloudReply));
        string id = TestUnit.NewId();

        ReplyMessage first = await AskAsync(cloud, Join(id, DateTimeOffset.UtcNow.AddSeconds(30)));
        ReplyMessage again = await AskAsync(cloud, Join(id, DateTimeOffset.UtcNow.AddSeconds(60)));
        Assert.Equal(("A001", "A001", first.Seq), (first.Ticket!.Label, again.Ticket!.Label, again.Seq));

        string leave = TestUnit.NewId();
        Assert.Null((await AskAsync(cloud, new(1, leave, DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds(), new CancelVisit(first.Ticket.Visit, "left", default)))).Refusal);
        string[] events = await hub.ExportAsync();
        Assert.Single(events, e => e.Contains("\"ticketIssued\"", StringComparison.Ordinal));
        Assert.Single(events, e => e.Contains("\"visitEnded\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_too_late_or_is_not_for_outsiders_is_refused()
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        await using Mqtt.Link cloud = await Mqtt.Link.UpAsync(broker.Options("_cloud", Topics.CloudReply));

        Assert.Equal("tooLate", (await AskAsync(cloud, Join(TestUnit.NewId(), DateTimeOffset.UtcNow.AddSeconds(-5)))).Refusal?.Code);
        Assert.Equal("notAllowed", (await AskAsync(cloud, new(1, TestUnit.NewId(), long.MaxValue, new CloseDay(default)))).Refusal?.Code);
        string number = TestUnit.NewId();
        Assert.Equal("notAllowed", (await AskAsync(cloud, new(1, number, long.MaxValue, new CheckIn(number, CheckInBy.Number, "4711", null, default)))).Refusal?.Code);
        Assert.Equal("malformed", (await AskAsync(cloud, new(1, TestUnit.NewId(), long.MaxValue, new IssueTicket("other", "general", null, null, null, default)))).Refusal?.Code);
    }

    private static OutsideMessage Join(string id, DateTimeOffset until) =>
        new(1, id, until.ToUnixTimeMilliseconds(), new IssueTicket(id, "general", null, "en", null, default));

    /// <summary>Repeats the same bytes until the reply comes, as the cloud does.</summary>
    private static async Task<ReplyMessage> AskAsync(Mqtt.Link cloud, OutsideMessage message)
    {
        byte[] bytes = ContractJson.Write(message);
        for (int tries = 0; tries < 20; tries++)
        {
            await cloud.Connection.PublishAsync(new MqttPublication(Topics.CloudCommand, bytes));
            for (int looks = 0; looks < 100; looks++)
            {
                while (cloud.Connection.Arrivals.TryRead(out MqttArrival? arrival))
                {
                    if (arrival is MqttMessage reply && ContractJson.TryRead(reply.Payload.Span, out ReplyMessage? read, out _) && read.Id == message.Id)
                    {
                        return read;
                    }
                }

                await Task.Delay(10);
            }
        }

        throw new TimeoutException($"no reply to {Encoding.UTF8.GetString(bytes)}");
    }
}
