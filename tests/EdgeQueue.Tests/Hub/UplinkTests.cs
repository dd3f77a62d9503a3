using System.Text;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Hub.Link;

namespace EdgeQueue.Tests.Hub;

/// <summary>What the hub sends up, and what it makes of the cloud's answers.</summary>
public sealed class UplinkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly PlayedJournal _journal = new(1000);
    private readonly Uplink _uplink;
    private TimeSpan _now;

    public UplinkTests() => _uplink = new(_journal);

    [Fact]
    public void A_cloud_that_was_put_back_from_a_backup_gets_what_it_lost()
    {
        Answer(Sent(), 1000);
        _journal.Length = 1001;
        EventBatch next = Sent();
        Assert.Equal((1001, 1001), (next.First, next.Last));

        // It holds 500 only: a batch that begins beyond it is answered with that.
        Answer(next, 500);
        var again = new List<(long, long)>();
        for (EventBatch? batch = Next(); batch is not null; batch = Next())
        {
            again.Add((batch.First, batch.Last));
            Answer(batch, batch.Last);
        }

        Assert.Equal([(501, 700), (701, 900), (901, 1001)], again);
        Assert.Equal((500, 1001), (_uplink.Lost, _uplink.Stored));
    }

    [Fact]
    public void In_a_branch_where_nothing_happens_the_cloud_is_asked_now_and_then_how_far_it_is()
    {
        Answer(Sent(), 1000);
        _now += Uplink.AskAgainAfter - Soon;
        Assert.Null(Next());

        _now += Soon;
        EventBatch question = Sent();
        Assert.Empty(question.Events);
        Answer(question, 900);

        EventBatch again = Sent();
        Assert.Equal((901, 1000), (again.First, again.Last));
    }

    [Fact]
    public void A_cloud_that_was_away_is_asked_as_soon_as_it_is_back()
    {
        Answer(Sent(), 1000);
        Assert.Null(Next());

        _uplink.Ask();

        Assert.Empty(Sent().Events);
    }

    [Fact]
    public void A_backup_that_holds_another_event_under_the_same_number_is_not_taken_for_an_older_cloud()
    {
        EventBatch question = Sent();

        Assert.True(_uplink.Answered(new(1, _journal.Journal, question.Number, 700, "another"), _now)?.Other);
    }

    [Fact]
    public void The_late_answer_to_an_earlier_batch_moves_nothing()
    {
        EventBatch question = Sent();
        Answer(question, 1000);
        _journal.Length = 1001;
        Answer(Sent(), 1001);

        Assert.Null(_uplink.Answered(new(1, _journal.Journal, question.Number, 3), _now));

        Assert.Equal((1001, 0), (_uplink.Stored, _uplink.Lost));
    }

    private EventBatch? Next() => _uplink.Due(_now) is { } bytes && EventBatch.TryRead(bytes, out EventBatch? batch, out _) ? batch : null;

    private EventBatch Sent() => Next() ?? throw new InvalidOperationException("nothing is sent");

    private void Answer(EventBatch batch, long seq) =>
        Assert.Null(_uplink.Answered(new(1, _journal.Journal, batch.Number, seq, batch.Events.Count == 0 ? _journal.HashOf(seq) : null), _now));

    private sealed class PlayedJournal(long length) : IOutbox
    {
        public long Length { get; set; } = length;

        public string Journal => "5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10";

        public long Last() => Length;

        public EventBatch Question(long number) => new(Journal, number, Length, [], []);

        public EventBatch? After(long after, long number) => after >= Length ? null : new(
            Journal, number, after + 1, [], [.. Enumerable.Range(0, (int)Math.Min(EventBatch.MostEvents, Length - after)).Select(i => (ReadOnlyMemory<byte>)Bytes(after + 1 + i))]);

        public string? HashOf(long seq) => seq >= 1 && seq <= Length ? AckMessage.HashOf(Bytes(seq)) : null;

        private static byte[] Bytes(long seq) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"n\":{seq}}}"));
    }
}
