using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>What a branch tells of its visits, one after the other: a ticket, its call, its arrival, the transaction, the end.</summary>
internal sealed class BranchDay
{
    /// <summary>Events of a visit.</summary>
    public const int EventsOfAVisit = 5;

    private long _visit;
    private int _step;

    public string Service => (_visit % 3) switch { 0 => "general", 1 => "cash", _ => "advice" };

    public string Counter => (_visit % 4) switch { 0 => "c1", 1 => "c2", 2 => "c3", _ => "c4" };

    public Event Next(long nowMs)
    {
        var at = new Moment(nowMs);
        return (_step++ % EventsOfAVisit) switch
        {
            0 => new TicketIssued(
                ++_visit, string.Create(CultureInfo.InvariantCulture, $"A{_visit:000}"), "A", (int)_visit, Service, null, 50, 600_000, 240_000, "en", null, Guid.NewGuid().ToString("N"), null, at, false, true, at),
            1 => new VisitCalled(_visit, Counter, "hall", "anna", new CallReason("target", 50, 1000 * (_visit % 900), 600_000, 240_000, false, 7, [new Beaten(_visit + 1, Service, 50, 60_000, 300_000, 120_000)]), at),
            2 => new VisitArrived(_visit, Counter, at),
            3 => new TransactionFinished(_visit, Counter, Service, ["cash"], "served", [], at),
            _ => new VisitEnded(_visit, VisitEnd.Finished, null, at),
        };
    }
}
