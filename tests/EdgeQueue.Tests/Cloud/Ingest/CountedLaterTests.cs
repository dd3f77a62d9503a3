using System.Data.Common;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Cloud.Ingest;

/// <summary>What an earlier release could only store.</summary>
public sealed class CountedLaterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rooms_hear_of_it_and_a_journal_that_a_newer_release_went_on_with_is_left_to_it()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        string type = EventJson.TypeOf(new TicketRelabelled(0, "", "", 0, null, default));
        string data = Encoding.UTF8.GetString(EventJson.Write(new TicketRelabelled(1, "A1", "B2", 0, null, default)));
        await cloud.Database.WriteAsync(
            t => t.Connection!.ExecuteAsync(
                """
                insert into branch(id, name, created_at) values (1, 'oslo', 0);
                insert into journal(id, branch, name, seq, last_hash, open_visits, changed_at) values (1, 1, 'newer', 1, '', @newer, 0), (2, 1, 'j', 1, '', @none, 0);
                insert into uncounted_event(journal, seq, type, data) values (1, 1, @type, @data), (2, 1, @type, @data);
                """,
                new { newer = new byte[] { 255 }, none = Array.Empty<byte>(), type, data }, t),
            Cancellation);
        var seen = new Following(type);
        using var later = new UncountedEvents(cloud.Database, [seen], NullLogger<UncountedEvents>.Instance);

        await later.StartAsync(Cancellation);
        await later.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        StoredEvent heard = Assert.Single(seen.Events);
        Assert.Equal(("oslo", "j"), (heard.BranchName, heard.Journal));
        Assert.Equal(1, await cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select sum(journal) from uncounted_event"), Cancellation));
    }

    private sealed class Following(string type) : IEventFollower
    {
        public List<StoredEvent> Events { get; } = [];

        public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { type };

        public Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
        {
            Events.AddRange(events);
            return Task.CompletedTask;
        }
    }
}
