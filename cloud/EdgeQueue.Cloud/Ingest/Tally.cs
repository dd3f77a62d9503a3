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
                Ended(e, open.Find(e.Visit), Key(open.Find(e.Visit)), sums);
                break;
            case VisitReinstated e when open.Find(e.Visit) is { } visit:
                TakeBack(branch, visit, sums);
                visit.EndedAt = 0;
                visit.Counter = Name(e.Counter);
                break;
            case VisitRestored e when open.Find(e.Visit) is { } visit:
                TakeBack(branch, visit, sums);
                visit.EndedAt = 0;
                WaitsAt(visit, e.Place, anew: false);
                break;
            case VisitTransferred e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: true);
                break;
            case VisitParked e when open.Find(e.Visit) is { } visit:
                // Somebody was with them: what comes after it is another wait. Who asked for more time waits on as before.
                visit.WaitCounted = false;
                break;
            case VisitResumed e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case ServiceChanged e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case VisitRedirected e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case VisitRequeued e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
                break;
            case VisitMissed e:
                WaitsAt(open.Find(e.Visit), e.Place, anew: false);
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
        if (visit is null || !visit.WaitCounted)
        {
            sums.Add(key, Measure.WaitMs, Measure.WaitBuckets, e.Why.WaitMs);
            sums.Add(key, Measure.OverTarget, e.Why.WaitMs > e.Why.TargetMs ? 1 : 0);
        }

        if (visit is not null)
        {
            (visit.Counter, visit.CalledAt, visit.ArrivedAt, visit.WaitCounted) = (Name(e.Counter), e.At.Milliseconds, 0, true);
            visit.Counted = CountedAs.Nothing;
        }
    }

    private static void Finished(TransactionFinished e, OpenVisit? visit, QuarterKey key, QuarterSums sums)
    {
        sums.Add(key, Measure.Served, 1);
        long served = visit is { ArrivedAt: > 0 } ? Math.Max(0, e.At.Milliseconds - visit.ArrivedAt) : -1;
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
        var key = new QuarterKey(branch, visit.CountedQuarter, visit.CountedService, visit.Counter);
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
