using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What is learned of who had booked.</summary>
public sealed class BookingHistoryTests
{
    private static readonly BranchClock Clock = new(0, 0, true);
    private static readonly Booking Ten = new("b", "cash", 10 * 3_600_000L);

    [Fact]
    public void Who_lapsed_by_a_wrong_clock_and_came_after_all_is_learned_as_come_and_counted_once()
    {
        var history = Of(
            new BookingPlaced(Ten, default), new BookingLapsed("b", At(11)), new BookingReopened("b", At(9)),
            new BookingCheckedIn("b", 1, default, null!, At(10)), new DayOpened(2, null, At(24)));

        Assert.Equal((1, 1.0), (history.Of("cash")!.Count, history.Of("cash")!.Shows));
        Assert.Equal([0L], history.Of("cash")!.Lateness);
        Assert.Equal(1, history.Slots.Expected(new("cash", null), Clock.DayOfWeek(At(10))).Sum());
    }

    [Fact]
    public void Who_lapsed_twice_was_missed_once()
    {
        var history = Of(
            new BookingPlaced(Ten, default), new BookingLapsed("b", At(11)), new BookingReopened("b", At(9)), new BookingLapsed("b", At(11)));

        Assert.Equal((1, 0.0), (history.Of("cash")!.Count, history.Of("cash")!.Shows));
    }

    [Fact]
    public void What_is_taken_back_is_the_missed_one_and_nobody_who_came()
    {
        var history = Of(
            new BookingPlaced(Ten, default), new BookingPlaced(Ten with { Id = "c" }, default), new BookingLapsed("b", At(11)),
            new BookingCheckedIn("c", 1, default, null!, At(11)), new BookingReopened("b", At(9)));

        Assert.Equal([3_600_000L], history.Of("cash")!.Lateness);
        Assert.Equal((1, 1.0), (history.Of("cash")!.Count, history.Of("cash")!.Shows));
    }

    private static Moment At(int hour) => new(hour * 3_600_000L);

    private static BookingHistory Of(params Event[] events)
    {
        var history = new BookingHistory();
        foreach (var happened in events)
        {
            history.Learn(happened, Clock);
        }

        return history;
    }
}
