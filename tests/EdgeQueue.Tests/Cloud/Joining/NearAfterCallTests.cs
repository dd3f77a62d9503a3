using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.Tests.Cloud.Joining;

/// <summary>A call comes with the journal, and how near a turn is with the live message, which is seconds behind it.</summary>
public sealed class NearAfterCallTests
{
    private static readonly PhoneNumber Phone = PhoneNumber.Of("+4790000001")!;

    private static readonly JoinSettings Settings = new() { Branches = new() { ["oslo"] = new() { Keyword = "oslo" } } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_called_is_not_told_afterwards_that_it_is_near()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var tickets = new JoinTickets(cloud.Database, Settings, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);
        var messages = new JoinMessages(new SmsOutbox(cloud.Database, new SmsSettings { Provider = SmsSettings.Shown }, cloud.Time), null!, null!, cloud.Time);
        await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("insert into branch(name, title, region, created_at) values ('oslo', '', '', 0)", null, t), Cancellation);
        Assert.NotNull(await cloud.Database.WriteAsync(t => tickets.WantAsync(t, 1, "general", "en", Phone), Cancellation));
        JoinTicket asking = (await tickets.OpenOfAsync(Phone, Cancellation))!;
        await cloud.Database.WriteAsync(t => JoinTickets.TakenAsync(t, asking.Id, 7, "A026", false, 1), Cancellation);
        JoinTicket waiting = Assert.Single(await tickets.WaitingAsync(10, Cancellation));

        var called = new VisitCalled(7, "c1", "hall", null, new("target", 50, 0, 0, 0, false, 1, []), new(1_000));
        await cloud.Database.WriteAsync(
            async t =>
            {
                await new JoinFollower(cloud.Database, Settings, messages, cloud.Time).FollowAsync(t, [new(1, "oslo", "j", 5, 1_000, "visitCalled", called)]);
                return 0;
            },
            Cancellation);

        Assert.Empty(await tickets.WaitingAsync(10, Cancellation));
        // A look that began before the call ends after it.
        Assert.False(await cloud.Database.WriteAsync(t => JoinTickets.NearAsync(t, waiting), Cancellation));
    }

    [Fact]
    public void Nobodys_turn_is_near_while_the_officer_whom_they_wait_for_has_no_counter()
    {
        LiveCounter[] counters = [new("c1", "1", CounterPhase.Idle, "anna", null, null), new("c2", "2", CounterPhase.Closed, "samir", null, null)];
        var live = new LiveMessage(1, "j", 1, true, 1, 0, 0, true, 1, "1", new Dictionary<string, string>(), 1, 0, null, [], counters, [], 0, [], [], []);

        Assert.True(JoinDesk.SomebodyServes(live));
        Assert.True(JoinDesk.SomebodyServes(live, "anna"));
        Assert.False(JoinDesk.SomebodyServes(live, "samir"));
        Assert.False(JoinDesk.SomebodyServes(live with { Counters = [counters[1]] }));
    }
}
