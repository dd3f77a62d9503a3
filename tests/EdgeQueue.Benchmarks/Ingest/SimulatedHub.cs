using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// A hub as the cloud sees it: a journal that grows, one batch in flight, sent again after three seconds, going on from the answer. After a while it is
/// another branch, with a journal of its own: over time there are as many branch ids as the largest network has.
/// </summary>
internal sealed class SimulatedHub(Func<int> nextBranch)
{
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(3);

    private readonly List<byte[]> _journal = [];
    private Topics _topics = null!;
    private string _id = "";
    private byte[] _sent = [];
    private TimeSpan _sentAt;
    private long _number;
    private long _inFlight;
    private long _acknowledged;
    private long _visit;
    private int _step;

    /// <summary>Topic of the answers.</summary>
    public string AckTopic => _topics.Ack;

    public long Created { get; private set; }

    public long Acknowledged { get; private set; }

    public long Tickets { get; private set; }

    /// <summary>Milliseconds from an event's making to its acknowledgement, of the last of each batch.</summary>
    public List<double> Latencies { get; } = [];

    public int JournalLength => _journal.Count;

    public bool IsIdle => _acknowledged == _journal.Count;

    /// <summary>Events made and not acknowledged.</summary>
    public long Behind => _journal.Count - _acknowledged;

    public void BecomeAnother()
    {
        _topics = new Topics(string.Create(CultureInfo.InvariantCulture, $"b{nextBranch()}"));
        _id = Guid.NewGuid().ToString("N");
        _journal.Clear();
        (_acknowledged, _inFlight, _visit, _step) = (0, 0, 0, 0);
    }

    /// <summary>The next event of the day of a branch: a ticket, its call, its arrival, its end.</summary>
    public void Make(long nowMs)
    {
        var at = new Moment(nowMs);
        Event happened = (_step++ % 5) switch
        {
            0 => new TicketIssued(++_visit, $"A{_visit:000}", "A", (int)_visit, Service, null, 50, 600_000, 240_000, "en", null, Guid.NewGuid().ToString("N"), null, at, false, true, at),
            1 => new VisitCalled(_visit, Counter, "hall", "anna", new CallReason("target", 50, 1000 * (_visit % 900), 600_000, 240_000, false, 7, [new Beaten(_visit + 1, Service, 50, 60_000, 300_000, 120_000)]), at),
            2 => new VisitArrived(_visit, Counter, at),
            3 => new TransactionFinished(_visit, Counter, Service, ["cash"], "served", [], at),
            _ => new VisitEnded(_visit, VisitEnd.Finished, null, at),
        };
        _journal.Add(EventJson.Write(happened));
        Created++;
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
            int count = (int)Math.Min(EventBatch.MostEvents, _journal.Count - _acknowledged);
            if (count == 0)
            {
                return null;
            }

            _inFlight = _acknowledged + count;
            _sent = new EventBatch(_id, ++_number, _acknowledged + 1, [], [.. _journal.Skip((int)_acknowledged).Take(count).Select(e => (ReadOnlyMemory<byte>)e)]).Write();
        }

        _sentAt = now;
        return (_topics.Events, _sent);
    }

    public void Answered(AckMessage ack, TimeSpan now)
    {
        if (ack.Journal != _id || ack.Number != _number || _inFlight == 0)
        {
            return;
        }

        Latencies.Add((now - _sentAt).TotalMilliseconds);
        Acknowledged += ack.Seq - _acknowledged;
        (_acknowledged, _inFlight) = (ack.Seq, 0);
    }

    private string Service => (_visit % 3) switch { 0 => "general", 1 => "cash", _ => "advice" };

    private string Counter => (_visit % 4) switch { 0 => "c1", 1 => "c2", 2 => "c3", _ => "c4" };
}
