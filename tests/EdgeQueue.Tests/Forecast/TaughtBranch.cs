using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>A branch of one counter whose every event is learned from; its clock stands still until it is told to go on.</summary>
public abstract class TaughtBranch
{
    protected static readonly ArrivalStream Cash = new("cash", null);
    private long _now = Say.Opening.Milliseconds;

    protected TaughtBranch() => Happened(Say.DayOne(TestRules.With(p => p with { NoShowCalls = 1, NoShowSpacingMs = 0 })));

    protected BranchHistory History { get; } = new();

    protected BranchState State { get; } = new();

    protected Moment Now => new(_now);

    protected void Passes(long ms) => _now += ms;

    protected WaitPrediction Predict()
    {
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);
        return forecast.OfNewcomer(Cash, Now)!;
    }

    protected void Open() => Do(new OpenCounter("1", "anna", "all", false, Now));

    protected void Queue(int people)
    {
        for (var i = 0; i < people; i++)
        {
            Do(new IssueTicket($"queue-{State.LastVisit}", "cash", null, null, null, Now));
        }

        Do(Say.Next("1", Seconds)(State));
        Do(Say.Arrives("1", Seconds)(State));
    }

    protected void Serve(int people, int seconds)
    {
        for (var i = 0; i < people; i++)
        {
            Do(new IssueTicket($"press-{State.LastVisit}", "cash", null, null, null, Now));
            Do(Say.Next("1", Seconds)(State));
            Do(Say.Arrives("1", Seconds)(State));
            Passes(seconds * 1000L);
            Do(Say.Done("1", Seconds)(State));
        }
    }

    protected double Seconds => (_now - Say.Opening.Milliseconds) / 1000.0;

    protected IReadOnlyList<Event> Do(Command command)
    {
        var decision = Decider.Decide(State, command);
        Assert.Null(decision.Refusal);
        Happened(decision.Events);
        return decision.Events;
    }

    protected void Happened(IEnumerable<Event> events)
    {
        foreach (var e in events)
        {
            Evolve.Apply(State, e);
            History.Learn(e);
        }
    }
}
