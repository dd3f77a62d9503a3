using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>
/// What an event adds to the aggregates of its branch. Pure: the same events give the same sums, in whatever batches they come.
/// Waiting is counted when somebody is called, walking when they arrive, serving when the transaction ends; a release that an operator
/// takes back is taken back here, too.
/// </summary>
public static class Tally
{
    private const long QuarterMs = 15 * 60_000;

    public static void Count(long branch, Event happened, OpenVisits open, QuarterSums sums)
    {
        long quarter = (happened.At.Milliseconds + open.ClockOffsetMs) / QuarterMs;
        QuarterKey Key(OpenVisit? visit, string? counter = null) => new(branch, quarter, visit?.Service ?? "", Name(counter ?? visit?.Counter));

        switch (happened)
        {
            case ClockStepped e:
                open.ClockOffsetMs = e.Clock.DisplayOffset;
                break;
            case TicketIssued e:
                OpenVisit issued = open.Begin(e.Visit);
                (issued.Service, issued.TargetMs) = (Name(e.Service), e.TargetMs);
                sums.Add(Key(issued, ""), Measure.Issued, 1);
                break;
            case VisitCalled e:
                Called(e, open.Find(e.Visit), Key(open.Find(e.Visit), e.Counter), sums);
                break;
            case VisitArrived e when open.Find(e.Visit) is { } visit:
                visit.ArrivedAt = e.At.Milliseconds;
                if (visit.CalledAt > 0)
                {
                    sums.Add(Key(visit, e.Counter), Measure.WalkMs, Measure.WalkBuckets, Math.Max(0, e.At.Milliseconds - visit.CalledAt));
                }

                break;
            case TransactionFinished e:
                Finished(e, open.Find(e.Visit), new QuarterKey(branch, quarter, Name(e.Service), Name(e.Counter)), sums);
                break;
            case VisitEnded e:
                Ended(e, open.Find(e.Visit), Key(open.Find(e.Visit), open.Find(e.Visit)?.At), sums);
                break;
            case VisitReinstated e when open.Find(e.Visit) is { } visit:
                TakeBack(branch, visit, sums);
                visit.EndedAt = 0;
                visit.Counter = Name(e.Counter);
                // It never left: nor does it wait.
                (visit.LeftAt, visit.WaitsSince, visit.WaitCounted) = (0, 0, true);
                break;
            case VisitRestored e when open.Find(e.Visit) is { } visit:
                TakeBack(branch, visit, sums);
                visit.EndedAt = 0;
                WaitsAt(visit, e.Place, anew: false);
                break;
            case VisitTransferred e when open.Find(e.Visit) is { } visit:
                (visit.WaitsSince, visit.LeftAt) = (e.At.Milliseconds, e.At.Milliseconds);
                WaitsAt(visit, e.Place, anew: true);
                break;
            case VisitParked e when open.Find(e.Visit) is { } visit:
                // Somebody was with them: what comes after it is another wait. Who asked for more time waits on as before.
                (visit.WaitCounted, visit.WaitsSince, visit.LeftAt) = (false, OpenVisit.NotWaiting, e.At.Milliseconds);
                break;
            case VisitResumed e when open.Find(e.Visit) is { } visit:
                visit.WaitsSince = visit.WaitsSince == OpenVisit.NotWaiting ? e.At.Milliseconds : visit.WaitsSince;
                WaitsAt(visit, e.Place, anew: false);
                break;
            case ServiceChanged e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case VisitRedirected e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case VisitRequeued e when open.Find(e.Visit) is { } visit:
                visit.LeftAt = e.At.Milliseconds;
                WaitsAt(visit, e.Place, anew: false);
                break;
            case VisitMissed e when open.Find(e.Visit) is { } visit:
                visit.LeftAt = e.At.Milliseconds;
                WaitsAt(visit, e.Place, anew: false);
                break;
            case DayClosed:
                open.CloseDay();
                break;
        }
    }

    /// <summary>An id of a configuration never has such a character; PostgreSQL cannot store it, and one branch must not stop the others.</summary>
    private static string Name(string? id) => id is null ? "" : id.Contains('\0', StringComparison.Ordinal) || id.Length > 100 ? "?" : id;

    private static void Called(VisitCalled e, OpenVisit? visit, QuarterKey key, QuarterSums sums)
    {
        sums.Add(key, Measure.Called, 1);
        bool walksUp = e.Why.Rule == CallReason.Live;
        if (!walksUp && visit is not { WaitCounted: true })
        {
            long waited = visit is { WaitsSince: > 0 and var since } ? Math.Max(0, e.At.Milliseconds - since) : e.Why.WaitMs;
            sums.Add(key, Measure.WaitMs, Measure.WaitBuckets, waited);
            sums.Add(key, Measure.OverTarget, waited > e.Why.TargetMs ? 1 : 0);
        }

        if (visit is not null)
        {
            visit.ServedMs = visit.Counted == CountedAs.Served ? 0
                : visit is { ArrivedAt: > 0, LeftAt: > 0 } ? visit.ServedMs + Math.Max(0, visit.LeftAt - visit.ArrivedAt)
                : visit.ServedMs;
            (visit.Counter, visit.CalledAt, visit.ArrivedAt, visit.WaitCounted) = (Name(e.Counter), walksUp ? 0 : e.At.Milliseconds, 0, true);
            (visit.WaitsSince, visit.LeftAt, visit.Counted) = (0, 0, CountedAs.Nothing);
        }
    }

    private static void Finished(TransactionFinished e, OpenVisit? visit, QuarterKey key, QuarterSums sums)
    {
        sums.Add(key, Measure.Served, 1);
        long served = visit is { ArrivedAt: > 0 } ? visit.ServedMs + Math.Max(0, e.At.Milliseconds - visit.ArrivedAt) : -1;
        if (served >= 0)
        {
            sums.Add(key, Measure.ServeMs, Measure.ServeBuckets, served);
        }

        if (visit is not null)
        {
            (visit.Counted, visit.CountedQuarter, visit.CountedMs, visit.CountedService) = (CountedAs.Served, key.Quarter, served, key.Service);
            visit.Counter = Name(e.Counter);
        }
    }

    private static void Ended(VisitEnded e, OpenVisit? visit, QuarterKey key, QuarterSums sums)
    {
        CountedAs how = e.How switch
        {
            VisitEnd.NoShow => CountedAs.NoShow,
            VisitEnd.Cancelled or VisitEnd.Cleared => CountedAs.Gone,
            _ => CountedAs.Nothing,
        };
        if (how != CountedAs.Nothing)
        {
            sums.Add(key, how == CountedAs.NoShow ? Measure.NoShows : Measure.Gone, 1);
        }

        if (visit is not null)
        {
            visit.EndedAt = e.At.Milliseconds;
            if (how != CountedAs.Nothing)
            {
                (visit.Counted, visit.CountedQuarter, visit.CountedMs, visit.CountedService) = (how, key.Quarter, -1, visit.Service);
            }
        }
    }

    private static void TakeBack(long branch, OpenVisit visit, QuarterSums sums)
    {
        var key = new QuarterKey(branch, visit.CountedQuarter, visit.CountedService, visit.Counted == CountedAs.Gone ? visit.At : visit.Counter);
        switch (visit.Counted)
        {
            case CountedAs.Served:
                sums.Add(key, Measure.Served, -1);
                if (visit.CountedMs >= 0)
                {
                    sums.Add(key, Measure.ServeMs, Measure.ServeBuckets, visit.CountedMs, -1);
                }

                break;
            case CountedAs.NoShow:
                sums.Add(key, Measure.NoShows, -1);
                break;
            case CountedAs.Gone:
                sums.Add(key, Measure.Gone, -1);
                break;
        }

        visit.Counted = CountedAs.Nothing;
    }

    private static void WaitsAt(OpenVisit? visit, Place place, bool anew)
    {
        if (visit is not null)
        {
            (visit.Service, visit.TargetMs) = (Name(place.Service), place.TargetMs);
            visit.WaitCounted &= !anew;
        }
    }
}
