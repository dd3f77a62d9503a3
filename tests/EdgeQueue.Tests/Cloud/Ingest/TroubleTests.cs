using System.Data.Common;
using System.Text;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Cloud.Ingest;

/// <summary>What one branch sends must not cost the others their places.</summary>
public sealed class TroubleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P02", true)]
    [InlineData("57P03", true)]
    [InlineData("53100", true)]
    [InlineData("23505", false)]
    [InlineData("22P05", false)]
    public void A_server_that_ends_is_in_trouble_itself_and_what_it_refuses_is_the_branchs(string state, bool itsOwn) =>
        Assert.Equal(itsOwn, Dialect.Postgres.IsItsOwn(new Npgsql.PostgresException("as it says", "FATAL", "FATAL", state)));

    [Fact]
    public async Task A_room_that_follows_the_events_never_sees_a_NUL_and_the_event_is_stored_as_it_came()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var seen = new Following();
        var store = new EventStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time, [seen]);
        var issued = new TicketRelabelled(1, "A1", "B\0\\u00002", 0, null, default);
        byte[] bytes = EventJson.Write(issued);
        Assert.Contains("\\u0000", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        await store.StoreAsync([new("oslo", new EventBatch("j", 1, 1, [], [bytes]))], Cancellation);

        Assert.Equal("B\\u00002", Assert.IsType<TicketRelabelled>(Assert.Single(seen.Events).Happened).To);
        Assert.Equal(Encoding.UTF8.GetString(bytes), await cloud.Database.ReadAsync(
            async c =>
            {
                await using DbCommand command = c.CreateCommand();
                command.CommandText = "select data from event";
                return (string)(await command.ExecuteScalarAsync(Cancellation))!;
            },
            Cancellation));
    }

    [Fact]
    public void JSON_without_a_NUL_is_left_alone_to_the_byte()
    {
        byte[] odd = Encoding.UTF8.GetBytes("""{ "a" : "x\u00e6",  "n":1.50 }""");

        Assert.True(StorableText.OfJson(odd) == odd.AsSpan());
    }

    [Fact]
    public void A_journal_that_failed_alone_waits_ever_longer_and_is_taken_alone_until_it_could_be_stored()
    {
        var time = new FakeTime();
        var troubled = new TroubledJournals(time);
        ArrivedBatch batch = new("oslo", new EventBatch("j", 1, 1, [], []));
        Assert.Equal(JournalTurn.WithOthers, troubled.TurnOf(batch));

        troubled.Failed(batch);

        Assert.Equal(JournalTurn.NotYet, troubled.TurnOf(batch));
        Assert.Equal(JournalTurn.WithOthers, troubled.TurnOf(batch with { Branch = "bergen" }));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(JournalTurn.Alone, troubled.TurnOf(batch));
        for (int i = 0; i < 10; i++)
        {
            troubled.Failed(batch);
        }

        time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(JournalTurn.NotYet, troubled.TurnOf(batch));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalTurn.Alone, troubled.TurnOf(batch));
        troubled.Stored(batch);
        Assert.Equal(JournalTurn.WithOthers, troubled.TurnOf(batch));
    }

    private sealed class Following : IEventFollower
    {
        public List<StoredEvent> Events { get; } = [];

        public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { EventJson.TypeOf(new TicketRelabelled(0, "", "", 0, null, default)) };

        public Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
        {
            Events.AddRange(events);
            return Task.CompletedTask;
        }
    }
}
