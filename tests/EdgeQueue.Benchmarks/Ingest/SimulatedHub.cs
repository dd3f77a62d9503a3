using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>A hub as the cloud sees it: a journal that grows, one batch in flight, sent again after three seconds, going on from the answer.</summary>
internal sealed class SimulatedHub
{
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(3);

    private readonly List<(byte[] Bytes, TimeSpan Made)> _journal = [];
    private readonly BranchDay _day = new();
    private readonly Topics _topics;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private byte[] _sent = [];
    private TimeSpan _sentAt;
    private long _number;
    private int _inFlight;
    private int _sends;
    private int _acknowledged;

    public SimulatedHub(int branch) => _topics = new Topics(string.Create(CultureInfo.InvariantCulture, $"b{branch}"));

    /// <summary>Topic of the answers.</summary>
    public string AckTopic => _topics.Ack;

    public int Created => _journal.Count;

    public int Acknowledged => _acknowledged;

    public int Tickets { get; private set; }

    /// <summary>Events made and not acknowledged.</summary>
    public int Behind => _journal.Count - _acknowledged;

    public List<AnsweredBatch> Answers { get; } = [];

    /// <param name="made">By the clock of <see cref="Due"/>.</param>
    public void Make(long nowMs, TimeSpan made)
    {
        Event happened = _day.Next(nowMs);
        _journal.Add((EventJson.Write(happened), made));
        Tickets += happened is TicketIssued ? 1 : 0;
    }

    /// <returns>What to publish now, and where; null: nothing.</returns>
    public (string Topic, byte[] Bytes)? Due(TimeSpan now)
    {
        if (_inFlight > 0)
        {
            if (now - _sentAt < ResendAfter)
            {
                return null;
            }
        }
        else
        {
            int count = Math.Min(EventBatch.MostEvents, Behind);
            if (count == 0)
            {
                return null;
            }

            _inFlight = _acknowledged + count;
            _sends = 0;
            _sent = new EventBatch(_id, ++_number, _acknowledged + 1, [], [.. _journal.GetRange(_acknowledged, count).Select(e => (ReadOnlyMemory<byte>)e.Bytes)]).Write();
        }

        _sentAt = now;
        _sends++;
        return (_topics.Events, _sent);
    }

    public void Answered(AckMessage ack, TimeSpan now)
    {
        if (ack.Journal != _id || ack.Number != _number || _inFlight == 0)
        {
            return;
        }

        Answers.Add(new(_journal[_acknowledged].Made, now, _sends));
        (_acknowledged, _inFlight) = ((int)ack.Seq, 0);
    }
}

/// <param name="Made">Its first event; by the same clock as <paramref name="At"/>.</param>
/// <param name="Sends">How often it was sent.</param>
internal readonly record struct AnsweredBatch(TimeSpan Made, TimeSpan At, int Sends)
{
    /// <summary>From the making of its first event to the answer, however often it was sent.</summary>
    public double Milliseconds => (At - Made).TotalMilliseconds;
}
