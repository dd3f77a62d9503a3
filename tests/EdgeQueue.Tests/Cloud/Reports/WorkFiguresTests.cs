using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>Who served whom, for how long, and on which side of midnight.</summary>
public sealed class WorkFiguresTests
{
    private const long Minute = 60_000;

    [Fact]
    public void Who_was_called_before_midnight_and_finished_after_it_was_served_by_their_operator_on_the_second_day()
    {
        OperatorFigures before = Assert.Single(Of((Called(1), true), (Arrived(2), true), (Finished(9), false)));
        OperatorFigures after = Assert.Single(Of((Called(1), false), (Arrived(2), false), (Finished(9), true)));

        Assert.Equal(("anna", 1, 0), (before.Operator, before.Called, before.Served));
        Assert.Equal(("anna", 0, 1, 7 * Minute), (after.Operator, after.Called, after.Served, after.ServingMs));
    }

    [Fact]
    public void What_is_taken_back_after_midnight_is_taken_back_on_the_day_of_the_finish()
    {
        (Event, bool)[] first = [(Called(1), true), (Arrived(2), true), (Finished(9), true), (Reinstated(12), false), (Finished(15), false)];
        (Event, bool)[] second = [.. first.Select(e => (e.Item1, !e.Item2))];

        Assert.Equal((1, 0), Of(first).Select(o => (o.Called, o.Served)).Single());
        Assert.Equal((0, 1, 13 * Minute), Of(second).Select(o => (o.Called, o.Served, o.ServingMs)).Single());
    }

    [Fact]
    public void Both_parts_of_a_service_are_its_time()
    {
        OperatorFigures anna = Assert.Single(Of(
            (Called(1), true), (Arrived(2), true), (new VisitParked(1, "c1", null, At(5)), true), (new VisitResumed(1, Place, At(6)), true), (Called(8), true), (Arrived(9), true), (Finished(10), true)));

        Assert.Equal((2, 1, 4 * Minute), (anna.Called, anna.Served, anna.ServingMs));
    }

    private static Place Place { get; } = new("general", 50, 10 * Minute, 4 * Minute, At(0));

    private static List<OperatorFigures> Of(params (Event Event, bool Counts)[] events)
    {
        var figures = new WorkFigures();
        foreach ((Event happened, bool counts) in events)
        {
            figures.Take(7, happened, counts);
        }

        return [.. figures.Operators];
    }

    private static Moment At(long minute) => new(minute * Minute);

    private static VisitCalled Called(long minute) => new(1, "c1", "hall", "anna", new CallReason("fifo", 50, Minute, 10 * Minute, 4 * Minute, false, 1, []), At(minute));

    private static VisitArrived Arrived(long minute) => new(1, "c1", At(minute));

    private static TransactionFinished Finished(long minute) => new(1, "c1", "general", [], null, [], At(minute));

    private static VisitReinstated Reinstated(long minute) => new(1, "c1", true, At(minute));
}
