using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Ingest;

/// <summary>What is counted of a visit, and what is taken back.</summary>
public sealed class TallyTests
{
    private const long Minute = 60_000;
    private const long QuarterOf = 15 * Minute;
    private const long Nine = 1_767_258_000_000; // a full quarter

    private static readonly QuarterKey AtCounter = new(7, Nine / QuarterOf, "general", "c1");

    [Fact]
    public void A_visit_is_counted_where_it_was_served()
    {
        QuarterSums sums = After(Issued(0), Called(4, waitedMinutes: 4), Arrived(5), Finished(9), Ended(9, VisitEnd.Finished));

        Assert.Equal(1, sums.Rows[AtCounter with { Counter = "" }][Measure.Issued]);
        long[] row = sums.Rows[AtCounter];
        Assert.Equal((1, 1, 0, 0), (row[Measure.Called], row[Measure.Served], row[Measure.NoShows], row[Measure.Gone]));
        Assert.Equal((4 * Minute, Minute, 4 * Minute), (row[Measure.WaitMs], row[Measure.WalkMs], row[Measure.ServeMs]));
        Assert.Equal(1, row[Measure.WaitBuckets + Buckets.Of(4 * Minute)]);
        Assert.Equal(1, row[Measure.ServeBuckets + Buckets.Of(4 * Minute)]);
    }

    [Fact]
    public void A_second_call_after_a_missed_one_is_not_a_second_wait()
    {
        QuarterSums sums = After(
            Issued(0), Called(4, 4), new VisitMissed(1, "c1", 1, Place(), At(6)), Called(8, 8), new VisitEnded(1, VisitEnd.NoShow, null, At(9)));

        long[] row = sums.Rows[AtCounter];
        Assert.Equal((2, 4 * Minute, 1), (row[Measure.Called], row[Measure.WaitMs], row[Measure.NoShows]));
    }

    [Fact]
    public void Who_asks_for_more_time_after_a_missed_call_has_waited_once_and_who_was_parked_twice()
    {
        Event[] missed = [Issued(0), Called(4, 4), new VisitMissed(1, "c1", 1, Place(), At(6))];
        QuarterSums asked = After([.. missed, new VisitPostponed(1, 1, Place(), At(9), At(6)), new VisitResumed(1, Place(), At(9)), Called(9, 9)]);
        Assert.Equal((2, 4 * Minute), (asked.Rows[AtCounter][Measure.Called], asked.Rows[AtCounter][Measure.WaitMs]));

        QuarterSums parked = After(Issued(0), Called(4, 4), Arrived(5), new VisitParked(1, "c1", null, At(6)), new VisitResumed(1, Place(), At(7)), Called(9, 2));
        Assert.Equal(6 * Minute, parked.Rows[AtCounter][Measure.WaitMs]);
    }

    [Fact]
    public void Who_was_put_aside_has_two_waits_and_one_service_of_two_parts()
    {
        // The hub's own words: a call says how long it is since the ticket was taken.
        Event[] day =
        [
            Issued(0), Called(4, 4), Arrived(5), new VisitParked(1, "c1", null, At(6)), new VisitResumed(1, Place(), At(7)), Called(9, 9), Arrived(9), Finished(12), Ended(12, VisitEnd.Finished),
        ];
        foreach (QuarterSums sums in new[] { After(day), InSmallBatches(day) })
        {
            long[] row = sums.Rows[AtCounter];
            Assert.Equal((2, 6 * Minute, 1, 4 * Minute), (row[Measure.Called], row[Measure.WaitMs], row[Measure.Served], row[Measure.ServeMs]));
        }

        // Called back from aside, without a time in the queue; and put aside by mistake: taken back, it never was.
        Assert.Equal(4 * Minute, After(Issued(0), Called(4, 4), Arrived(5), new VisitParked(1, "c1", null, At(6)), Called(9, 9)).Rows[AtCounter][Measure.WaitMs]);
        long[] mistake = After(
            Issued(0), Called(4, 4), Arrived(5), new VisitParked(1, "c1", null, At(6)), new VisitReinstated(1, "c1", true, At(7)), Finished(9), Ended(9, VisitEnd.Finished)).Rows[AtCounter];
        Assert.Equal((4 * Minute, 4 * Minute), (mistake[Measure.WaitMs], mistake[Measure.ServeMs]));
    }

    [Fact]
    public void A_finish_that_is_taken_back_is_timed_once_with_what_was_before_it()
    {
        long[] row = After(
            Issued(0), Called(1, 1), Arrived(2), new VisitParked(1, "c1", null, At(4)), new VisitResumed(1, Place(), At(5)), Called(6, 6), Arrived(6), Finished(8), Ended(8, VisitEnd.Finished),
            new VisitReinstated(1, "c1", true, At(9)), Finished(11), Ended(11, VisitEnd.Finished)).Rows[AtCounter];
        Assert.Equal((1, 7 * Minute), (row[Measure.Served], row[Measure.ServeMs]));
    }

    [Fact]
    public void Who_is_gone_after_a_counter_has_sent_them_on_left_at_no_counter()
    {
        Event[] day = [Issued(0), Called(1, 1), Arrived(1), Finished(2), new VisitTransferred(1, "c1", "anna", false, Place() with { Service = "cash" }, At(2)), Ended(5, VisitEnd.Cancelled)];

        Assert.Equal(1, After(day).Rows[AtCounter with { Service = "cash", Counter = "" }][Measure.Gone]);
        Assert.Equal(0, After([.. day, new VisitRestored(1, Place() with { Service = "cash" }, At(6))]).Rows.Values.Sum(r => r[Measure.Gone]));
    }

    [Fact]
    public void Who_comes_without_a_ticket_has_no_wait_and_no_walk()
    {
        VisitCalled walksUp = Called(4, 0);
        long[] row = After(Issued(4), new LiveVisitBegun(1, At(4)), walksUp with { Why = walksUp.Why with { Rule = "live" } }, Arrived(4), Finished(9), Ended(9, VisitEnd.Finished)).Rows[AtCounter];

        Assert.Equal((1, 1, 5 * Minute), (row[Measure.Called], row[Measure.Served], row[Measure.ServeMs]));
        Assert.Equal(0, Enumerable.Range(0, Buckets.Count).Sum(b => row[Measure.WaitBuckets + b] + row[Measure.WalkBuckets + b]));
    }

    [Fact]
    public void After_a_transfer_waiting_is_counted_anew_and_for_the_other_service()
    {
        QuarterSums sums = After(
            Issued(0), Called(1, 1), Arrived(1), Finished(2), new VisitTransferred(1, "c1", "anna", false, Place() with { Service = "cash" }, At(2)), Called(5, 3), Arrived(6));

        Assert.Equal(3 * Minute, sums.Rows[AtCounter with { Service = "cash" }][Measure.WaitMs]);
        Assert.Equal(Minute, sums.Rows[AtCounter][Measure.WaitMs]);
    }

    [Theory]
    [InlineData(VisitEnd.NoShow)]
    [InlineData(VisitEnd.Finished)]
    [InlineData(VisitEnd.Cancelled)]
    public void What_an_operator_takes_back_is_taken_back_here(VisitEnd how)
    {
        List<Event> day = [Issued(0), Called(4, 4), Arrived(5)];
        if (how == VisitEnd.Finished)
        {
            day.Add(Finished(9));
        }

        QuarterSums sums = After([.. day, Ended(9, how), new VisitReinstated(1, "c1", Serving: true, At(20))]);

        Assert.Equal((0, 0, 0, 0), sums.Rows.Values.Aggregate((0L, 0L, 0L, 0L), (all, r) =>
            (all.Item1 + r[Measure.Served], all.Item2 + r[Measure.NoShows], all.Item3 + r[Measure.Gone], all.Item4 + r[Measure.ServeMs])));
    }

    [Fact]
    public void The_last_release_of_a_counter_can_be_taken_back_hours_later()
    {
        Event[] day =
        [
            Issued(0), Called(4, 4), Arrived(5), Finished(9), Ended(9, VisitEnd.Finished), Issued(60) with { Visit = 2 }, new VisitReinstated(1, "c1", true, At(120)),
            Finished(125), Ended(125, VisitEnd.Finished),
        ];

        foreach (QuarterSums sums in new[] { After(day), InSmallBatches(day) })
        {
            Assert.Equal((1, 120 * Minute), sums.Rows.Values.Aggregate((0L, 0L), (all, r) => (all.Item1 + r[Measure.Served], all.Item2 + r[Measure.ServeMs])));
        }
    }

    [Fact]
    public void The_quarter_is_that_of_the_clock_on_the_wall()
    {
        QuarterSums sums = After(new ClockStepped(new BranchClock(30 * Minute, 60, true), At(0)), Issued(1));

        Assert.Equal((Nine / QuarterOf) + 2, sums.Rows.Keys.Single().Quarter);
    }

    [Fact]
    public void The_same_events_give_the_same_sums_in_whatever_batches_they_come()
    {
        Event[] day = [Issued(0), Called(4, 12), Arrived(5), Finished(9), Ended(9, VisitEnd.Finished), new VisitReinstated(1, "c1", true, At(10)), Finished(12), Ended(12, VisitEnd.Finished)];
        QuarterSums sums = InSmallBatches(day);
        Assert.Equal(
            After(day).Rows.OrderBy(r => r.Key.ToString()).Select(r => $"{r.Key} {string.Join(' ', r.Value)}"),
            sums.Rows.OrderBy(r => r.Key.ToString()).Select(r => $"{r.Key} {string.Join(' ', r.Value)}"));
    }

    [Fact]
    public void Events_of_a_visit_that_nobody_knows_are_counted_without_durations()
    {
        QuarterSums sums = After(Called(4, 4), Arrived(5), Finished(9), Ended(9, VisitEnd.NoShow));

        Assert.Equal(1, sums.Rows[AtCounter][Measure.Served]);
        Assert.Equal(0, sums.Rows[AtCounter][Measure.ServeMs]);
        Assert.Equal(1, sums.Rows.Values.Sum(r => r[Measure.NoShows]));
    }

    [Fact]
    public void What_is_over_is_let_go_after_half_an_hour_but_the_last_two_of_a_counter_and_what_is_open()
    {
        var open = new OpenVisits();
        foreach (long visit in (long[])[1, 2, 3, 4])
        {
            Tally.Count(7, Issued(0) with { Visit = visit }, open, new QuarterSums());
        }

        foreach (long visit in (long[])[1, 3, 4])
        {
            Tally.Count(7, Ended(visit, VisitEnd.Cancelled) with { Visit = visit }, open, new QuarterSums());
        }

        Assert.Equal(4, OpenVisits.Read(open.Write(At(31).Milliseconds)).Count);
        OpenVisits later = OpenVisits.Read(open.Write(At(35).Milliseconds));
        Assert.Equal((3, null, "general"), (later.Count, later.Find(1), later.Find(2)?.Service));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(15_000, 0)]
    [InlineData(15_001, 1)]
    [InlineData(5_400_000, 10)]
    [InlineData(5_400_001, 11)]
    public void A_duration_is_in_the_bucket_whose_bound_it_does_not_pass(long milliseconds, int bucket) => Assert.Equal(bucket, Buckets.Of(milliseconds));

    private static QuarterSums After(params Event[] events)
    {
        var open = new OpenVisits();
        var sums = new QuarterSums();
        foreach (Event e in events)
        {
            Tally.Count(7, e, open, sums);
        }

        return sums;
    }

    /// <summary>One event at a time, the open visits written and read in between.</summary>
    private static QuarterSums InSmallBatches(params Event[] events)
    {
        var sums = new QuarterSums();
        byte[] kept = [];
        foreach (Event e in events)
        {
            OpenVisits open = OpenVisits.Read(kept);
            Tally.Count(7, e, open, sums);
            kept = open.Write(e.At.Milliseconds);
        }

        return sums;
    }

    private static Moment At(long minute) => new(Nine + (minute * Minute));

    private static Place Place() => new("general", 50, 10 * Minute, 4 * Minute, At(0));

    private static TicketIssued Issued(long minute) =>
        new(1, "A001", "A", 1, "general", null, 50, 10 * Minute, 4 * Minute, "en", null, "p", null, At(minute), false, true, At(minute));

    private static VisitCalled Called(long minute, long waitedMinutes) =>
        new(1, "c1", "hall", "anna", new CallReason("fifo", 50, waitedMinutes * Minute, 10 * Minute, 4 * Minute, false, 1, []), At(minute));

    private static VisitArrived Arrived(long minute) => new(1, "c1", At(minute));

    private static TransactionFinished Finished(long minute) => new(1, "c1", "general", [], null, [], At(minute));

    private static VisitEnded Ended(long minute, VisitEnd how) => new(1, how, null, At(minute));
}
