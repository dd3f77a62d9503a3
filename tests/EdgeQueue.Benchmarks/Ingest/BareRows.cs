using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>The columns of one bare statement: the events of some branches as their hubs would make them, and what is to be counted of each.</summary>
internal sealed class BareRows(int count)
{
    private const long QuarterMs = 15 * 60_000;
    private const long DayMs = 86_400_000;

    // The cloud's own bounds, in seconds (Ingest/Buckets).
    private static readonly int[] Bounds = [15, 30, 60, 120, 240, 420, 600, 900, 1500, 2700, 5400];

    private int _filled;

    public long[] Journal { get; } = new long[count];

    public long[] Seq { get; } = new long[count];

    public long[] Day { get; } = new long[count];

    public long[] At { get; } = new long[count];

    public string[] Type { get; } = new string[count];

    public string[] Data { get; } = new string[count];

    public long[] Quarter { get; } = new long[count];

    public string[] Service { get; } = new string[count];

    public string[] Counter { get; } = new string[count];

    /// <summary>0 nothing is counted, 1 issued, 2 called, 3 called over target, 4 arrived, 5 served.</summary>
    public long[] Kind { get; } = new long[count];

    /// <summary>Of waiting, walking or serving.</summary>
    public long[] Milliseconds { get; } = new long[count];

    public long[] Bucket { get; } = new long[count];

    public void Add(long branch, long seq, BranchDay day, long nowMs, long sinceMs)
    {
        Event happened = day.Next(nowMs);
        int i = _filled++;
        (Journal[i], Seq[i], At[i], Day[i], Quarter[i]) = (branch, seq, nowMs, nowMs / DayMs, nowMs / QuarterMs);
        (Type[i], Data[i]) = (EventJson.TypeOf(happened), Encoding.UTF8.GetString(EventJson.Write(happened)));
        (Service[i], Counter[i]) = (day.Service, happened is TicketIssued ? "" : day.Counter);
        (Kind[i], Milliseconds[i]) = happened switch
        {
            TicketIssued => (1, 0),
            VisitCalled called => (called.Why.WaitMs > called.Why.TargetMs ? 3 : 2, called.Why.WaitMs),
            VisitArrived => (4, sinceMs),
            TransactionFinished => (5, sinceMs),
            _ => (0, 0L),
        };
        int bucket = Array.FindIndex(Bounds, b => Milliseconds[i] <= b * 1000L);
        Bucket[i] = bucket < 0 ? Bounds.Length : bucket;
    }
}
