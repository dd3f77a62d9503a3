using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue;

/// <summary>What a journal may not say, told of each event before it is believed. That all a decider says is let pass, the random branches show.</summary>
public sealed class EventFitTests
{
    [Fact]
    public void Nobody_gets_a_label_that_somebody_has_of_the_same_day() => Assert.Equal(
        "visit 2 gets the label A001, which visit 1 has of the same business day",
        Fault([Issued(1), new VisitEnded(1, VisitEnd.Cancelled, null, At(1))], Issued(2, "A001", at: 2)));

    [Fact]
    public void Nobody_is_given_a_printed_label_that_somebody_has() => Assert.Equal(
        "visit 2 gets the label A001, which visit 1 has of the same business day",
        Fault([Issued(1), Issued(2)], new TicketRelabelled(2, "A002", "A001", 1, null, At(2))));

    [Fact]
    public void A_label_is_given_again_on_the_next_day_also_beside_who_was_kept_overnight() => Assert.Null(Fault(
        [Issued(1), new DayClosed(1, At(5)), new DayOpened(2, null, At(5))], Issued(2, "A001", at: 6)));

    [Fact]
    public void No_number_of_a_visit_is_given_twice() =>
        Assert.StartsWith("visit 2 was there before", Fault([Issued(2)], Issued(2, "A003", at: 2)), StringComparison.Ordinal);

    [Theory]
    [InlineData("zz", "visit 1 is called to counter zz, which was never opened")]
    [InlineData("2", "visit 1 is called to counter 2, which is paused")]
    [InlineData("3", "visit 1 is called to counter 3, which is closed")]
    [InlineData("4", "visit 1 comes to counter 4, where visit 2 is")]
    public void Nobody_is_called_where_nobody_can_serve_them(string counter, string told) => Assert.Equal(told, Fault(
        [
            Issued(1), Issued(2), Opened("2"), new CounterPaused("2", "lunch", At(1)), Opened("3"), new CounterClosed("3", At(1)),
            Opened("4", "boris"), Called(2, "4", 2),
        ],
        Called(1, counter, 3)));

    [Fact]
    public void Nobody_is_called_twice_without_being_put_back()
    {
        Event[] called = [Issued(1), Opened("1"), Opened("2", "boris"), Called(1, "1", 1)];

        Assert.Equal("visit 1 does not wait (called)", Fault(called, Called(1, "2", 2)));
        Assert.Null(Fault([.. called, new VisitParked(1, "1", null, At(2))], Called(1, "2", 3)));
    }

    [Theory]
    [InlineData(false, false, "visit 1 is waiting and not at counter 1")]
    [InlineData(true, false, null)]
    [InlineData(true, true, "visit 1 is serving at counter 1 and not called")]
    public void Who_arrives_was_called(bool isCalled, bool hasArrived, string? told) => Assert.Equal(told, Fault(
        [Issued(1), Opened("1"), .. isCalled ? [Called(1, "1", 1)] : (Event[])[], .. hasArrived ? [Arrived(1, "1", 2)] : (Event[])[]],
        Arrived(1, "1", 3)));

    [Fact]
    public void What_is_said_of_nobody_is_told() => Assert.Equal("there is no visit 7", Fault([Opened("1")], Called(7, "1", 1)));

    private static string? Fault(IEnumerable<Event> happened, Event next)
    {
        var state = new BranchState();
        Evolve.Apply(state, DayOne());
        Evolve.Apply(state, happened);
        return EventFit.FaultOf(state, next);
    }
}
