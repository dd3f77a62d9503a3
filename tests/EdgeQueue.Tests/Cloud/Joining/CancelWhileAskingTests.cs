using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Joining;

/// <summary>Who writes CANCEL while the branch is still being asked for the ticket has given it up, whenever it comes.</summary>
public sealed class CancelWhileAskingTests
{
    private static readonly PhoneNumber Phone = PhoneNumber.Of("+4790000001")!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_said_that_it_will_be_given_up_and_the_ticket_is_left_as_soon_as_the_branch_has_given_it()
    {
        await using Outside outside = await Outside.StartAsync();
        JoinTicket asking = await outside.WantAsync();

        Assert.Contains("given up as soon as we know", await outside.CancelAsync(asking), StringComparison.Ordinal);
        Assert.Contains("given up as soon as we know", await outside.CancelAsync(asking), StringComparison.Ordinal);
        JoinTicket pending = await outside.TicketAsync();
        Assert.Equal(JoinState.Asking, pending.State);
        Assert.Contains("given up as soon as we know", await outside.Messages.StatusAsync(pending, Cancellation), StringComparison.Ordinal);

        Assert.Equal(JoinState.Leaving, await outside.Cloud.Database.WriteAsync(t => JoinTickets.TakenAsync(t, asking.Id, 7, "A026", false, outside.Now), Cancellation));

        JoinTicket leaving = Assert.Single(await outside.Tickets.TakeDueAsync(1_000, 10, Cancellation));
        Assert.Equal((JoinState.Leaving, 7, "A026", outside.Now + 60_000), (leaving.State, leaving.Visit, leaving.Label, leaving.WantedUntil));
        Assert.NotEmpty(leaving.LeavePress);
    }

    [Fact]
    public async Task When_only_the_journal_tells_of_the_ticket_it_is_left_too_and_nobody_is_told_to_come()
    {
        await using Outside outside = await Outside.StartAsync();
        JoinTicket asking = await outside.WantAsync();
        await outside.CancelAsync(asking);
        await outside.IssuedAsync(asking);

        Assert.Equal(JoinState.Leaving, (await outside.TicketAsync()).State);
        Assert.Equal(0, await outside.JoinedAsync());
    }

    [Fact]
    public async Task Who_has_not_written_CANCEL_has_the_ticket_and_is_told()
    {
        await using Outside outside = await Outside.StartAsync();
        JoinTicket asking = await outside.WantAsync();
        await outside.IssuedAsync(asking);

        JoinTicket open = await outside.TicketAsync();
        Assert.Equal((JoinState.Open, "A026"), (open.State, open.Label));
        Assert.Equal(1, await outside.JoinedAsync());
        Assert.Null(await outside.CancelAsync(open));
        Assert.Equal(JoinState.Leaving, (await outside.TicketAsync()).State);
    }

    private sealed class Outside : IAsyncDisposable
    {
        private static readonly JoinSettings Settings = new() { Branches = new() { ["oslo"] = new() { Keyword = "oslo" } } };

        private readonly JoinFollower _follower;
        private readonly JoinBySms _desk;

        private Outside(SomeCloud cloud)
        {
            Cloud = cloud;
            Tickets = new(cloud.Database, Settings, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);
            var sms = new SmsSettings { Provider = "kannel", Url = "http://127.0.0.1:1" };
            Messages = new(new SmsOutbox(cloud.Database, sms, cloud.Time), null!, null!, cloud.Time);
            _follower = new(cloud.Database, Settings, Messages, cloud.Time);
            _desk = new(Settings, Tickets, null!, Messages, null!, cloud.Time);
        }

        public SomeCloud Cloud { get; }

        public JoinTickets Tickets { get; }

        public JoinMessages Messages { get; }

        public long Now => Cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();

        public static async Task<Outside> StartAsync()
        {
            SomeCloud cloud = await SomeCloud.StartAsync();
            await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("insert into branch(name, title, region, created_at) values ('oslo', '', '', 0)", null, t), Cancellation);
            return new(cloud);
        }

        public async Task<JoinTicket> WantAsync()
        {
            Assert.NotNull(await Cloud.Database.WriteAsync(t => Tickets.WantAsync(t, 1, "general", "en", Phone), Cancellation));
            return await TicketAsync();
        }

        public async Task<JoinTicket> TicketAsync() => (await Tickets.OpenOfAsync(Phone, Cancellation))!;

        public Task<string?> CancelAsync(JoinTicket ticket) => Cloud.Database.WriteAsync(t => _desk.LeaveAsync(t, ticket), Cancellation);

        /// <summary>Nobody heard the branch's answer; then its journal comes.</summary>
        public async Task IssuedAsync(JoinTicket asking)
        {
            await Cloud.Database.WriteAsync(t => JoinTickets.BecomeAsync(t, asking, JoinState.Unsure, Now), Cancellation);
            var issued = new TicketIssued(7, "A026", "A", 26, "general", null, 1, 1, 1, "en", null, asking.Press, null, new(1_000), false, true, new(1_000));
            await Cloud.Database.WriteAsync(
                async t =>
                {
                    await _follower.FollowAsync(t, [new StoredEvent(1, "oslo", "j", 1, 1_000, EventJson.TypeOf(issued), issued)]);
                    return 0;
                },
                Cancellation);
        }

        public Task<long> JoinedAsync() => Cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from sms where purpose = 'joined'"), Cancellation);

        public ValueTask DisposeAsync() => Cloud.DisposeAsync();
    }
}
