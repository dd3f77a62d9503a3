using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.MobileTicket;

/// <summary>What a transaction's events change of the tickets is the same, whether they come one by one or all at once.</summary>
public sealed class TicketChangesTests
{
    private const string Press = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ticket_is_as_its_last_event_says(bool atOnce)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();

        IReadOnlyList<(string Label, string Ended)> tickets = await AfterAsync(
            cloud, atOnce,
            Issued(1, "A001", Press), Issued(2, "A002", Press.Replace('0', 'x')), new TicketRelabelled(1, "A001", "B001", 1, null, default),
            new VisitEnded(1, VisitEnd.NoShow, null, default), new VisitEnded(2, VisitEnd.Cancelled, null, default), new VisitReinstated(1, "c1", false, default));

        Assert.Equal([("B001", ""), ("A002", "Cancelled")], tickets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_that_a_new_journal_counts_again_is_the_new_tickets(bool atOnce)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();

        IReadOnlyList<(string Label, string Ended)> tickets = await AfterAsync(
            cloud, atOnce, Issued(1, "A001", Press), new VisitEnded(1, VisitEnd.Finished, null, default), Issued(1, "C007", Press.Replace('0', 'x')));

        Assert.Equal([("C007", "")], tickets);
    }

    [Fact]
    public async Task A_press_that_could_be_guessed_has_no_link()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();

        Assert.Empty(await AfterAsync(cloud, atOnce: true, Issued(1, "A001", "short")));
    }

    private static TicketIssued Issued(long visit, string label, string press) =>
        new(visit, label, "A", 1, "general", null, 0, 0, 0, "en", null, press, null, default, false, true, default);

    private static async Task<IReadOnlyList<(string, string)>> AfterAsync(SomeCloud cloud, bool atOnce, params Event[] events)
    {
        await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("insert into branch(id, name, created_at) values (1, 'oslo', 0)", transaction: t), Cancellation);
        var tickets = new MobileTickets(cloud.Database, new MobileSettings { Branches = "*" }, cloud.Time);
        StoredEvent[] stored = [.. events.Select((e, i) => new StoredEvent(1, "oslo", "j", i + 1, 0, EventJson.TypeOf(e), e))];
        foreach (StoredEvent[] some in stored.Chunk(atOnce ? stored.Length : 1))
        {
            await cloud.Database.WriteAsync(
                async t =>
                {
                    await tickets.FollowAsync(t, some);
                    return true;
                },
                Cancellation);
        }

        return [.. await cloud.Database.ReadAsync(c => c.QueryAsync<(string, string)>("select label, ended from mobile_ticket order by visit"), Cancellation)];
    }
}
