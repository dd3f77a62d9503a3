using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What is said, and when nothing is said.</summary>
public sealed class WaitForecastTests
{
    private static readonly ArrivalStream Cash = new("cash", null);
    private readonly BranchHistory _history = new();
    private readonly BranchState _state = new();
    private long _now = Say.Opening.Milliseconds;

    public WaitForecastTests() => Happened(Say.DayOne(TestRules.With(p => p with { NoShowCalls = 1, NoShowSpacingMs = 0 })));

    private Moment Now => new(_now);

    [Fact]
    public void A_branch_that_has_served_nobody_says_nothing()
    {
        var forecast = new WaitForecast(_history, 1);
        Do(new IssueTicket("p1", "cash", null, null, null, Now));

        forecast.Refresh(_state, Now);

        Assert.Equal(0, forecast.Futures);
        Assert.Null(forecast.Of(_state.Find(1)!, Now));
        Assert.Null(forecast.OfNewcomer(Cash, Now));
    }

    [Fact]
    public void After_one_day_it_says_a_range_and_after_some_days_how_long()
    {
        Open();
        Serve(40, seconds: 120);
        Assert.Equal(PredictionBasis.Range, Predict().Basis);
        Assert.Null(Predict().P50Ms);

        for (var day = 0; day < 3; day++)
        {
            Do(new CloseDay(Now));
            Serve(5, seconds: 120);
        }

        Assert.Equal(PredictionBasis.Known, Predict().Basis);
    }

    [Fact]
    public void A_service_that_nobody_ever_had_makes_the_waits_behind_it_unknown()
    {
        Open();
        Serve(40, seconds: 120);
        for (var i = 0; i < 5; i++)
        {
            Do(new IssueTicket($"loan-{i}", "loans", null, null, null, Now));
        }

        Do(new IssueTicket("last", "cash", null, null, null, Now));
        var forecast = new WaitForecast(_history, 1);
        forecast.Refresh(_state, Now);

        Assert.Null(forecast.Of(_state.Find(_state.LastVisit)!, Now));
    }

    [Fact]
    public void Three_people_ahead_are_three_services()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(4);
        var forecast = new WaitForecast(_history, 1);
        forecast.Refresh(_state, Now);

        // One is at the counter, three wait: the last of them is called after three services.
        var last = forecast.Of(_state.Find(_state.LastVisit)!, Now)!;
        Assert.InRange(last.LowMs, 350_000, 370_000);
        Assert.InRange(forecast.OfNewcomer(Cash, Now)!.LowMs, 470_000, 490_000);
    }

    [Fact]
    public void A_newcomer_to_an_idle_counter_does_not_wait()
    {
        Open();
        Serve(60, seconds: 120);

        Assert.Equal(0, Predict().HighMs);
    }

    [Fact]
    public void Looking_ahead_changes_nothing()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(4);
        var before = StateDigest.Of(_state);
        var forecast = new WaitForecast(_history, 1);
        forecast.Refresh(_state, Now);

        Assert.Equal(before, StateDigest.Of(_state));
        var again = new WaitForecast(_history, 1);
        again.Refresh(_state, Now);
        Assert.Equal(forecast.OfNewcomer(Cash, Now), again.OfNewcomer(Cash, Now));
    }

    [Fact]
    public void Somebody_who_came_after_the_futures_is_told_what_a_newcomer_was()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(4);
        var forecast = new WaitForecast(_history, 1);
        forecast.Refresh(_state, Now);
        var newcomer = forecast.OfNewcomer(Cash, Now);
        _now += 10;
        Do(new IssueTicket("later", "cash", null, null, null, Now));

        Assert.Equal(newcomer!.LowMs - 10, forecast.Of(_state.Find(_state.LastVisit)!, Now)!.LowMs);
    }

    [Fact]
    public async Task In_a_live_queue_whoever_waits_for_a_closed_counter_is_told_nothing_and_every_future_ends()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(1);
        var bound = _state.LastVisit;
        Do(Say.Send("1", toCounter: "2", at: Seconds)(_state));
        Do(new ApplyRules(_state.Rules! with { Visits = VisitRules.None with { Hall = HallRules.Open with { Mode = HallMode.Live } } }, Now));
        Do(new StartService("1", _state.Counter("1").Version, "cash", Now));
        var forecast = new WaitForecast(_history, 1);

        await Task.Run(() => forecast.Refresh(_state, Now), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.True(forecast.Futures > 0);
        Assert.Null(forecast.Of(_state.Find(bound)!, Now)?.P50Ms);
    }

    [Fact]
    public void Predictions_are_held_against_what_happened()
    {
        var score = new ForecastScore();
        Assert.Null(score.Quality);
        score.Told(1, Say.At(0), new(PredictionBasis.Known, 60_000, 120_000));
        score.Told(2, Say.At(0), new(PredictionBasis.Known, 60_000, 120_000));
        score.Told(3, Say.At(0), new(PredictionBasis.Range, 60_000, 120_000));
        score.Learn(Say.Called(1, "1", 50));
        score.Learn(Say.Called(2, "1", 150));
        score.Learn(Say.Called(3, "1", 150));

        Assert.Equal(new ForecastQuality(2, 50_000, 0.5, 0.5), score.Quality);
    }

    private WaitPrediction Predict()
    {
        var forecast = new WaitForecast(_history, 1);
        forecast.Refresh(_state, Now);
        return forecast.OfNewcomer(Cash, Now)!;
    }

    private void Open() => Do(new OpenCounter("1", "anna", "all", false, Now));

    private void Queue(int people)
    {
        for (var i = 0; i < people; i++)
        {
            Do(new IssueTicket($"queue-{_state.LastVisit}", "cash", null, null, null, Now));
        }

        Do(Say.Next("1", Seconds)(_state));
        Do(Say.Arrives("1", Seconds)(_state));
    }

    private void Serve(int people, int seconds)
    {
        for (var i = 0; i < people; i++)
        {
            Do(new IssueTicket($"press-{_state.LastVisit}", "cash", null, null, null, Now));
            Do(Say.Next("1", Seconds)(_state));
            Do(Say.Arrives("1", Seconds)(_state));
            _now += seconds * 1000;
            Do(Say.Done("1", Seconds)(_state));
        }
    }

    private double Seconds => (_now - Say.Opening.Milliseconds) / 1000.0;

    private void Do(Command command)
    {
        var decision = Decider.Decide(_state, command);
        Assert.Null(decision.Refusal);
        Happened(decision.Events);
    }

    private void Happened(IEnumerable<Event> events)
    {
        foreach (var e in events)
        {
            Evolve.Apply(_state, e);
            _history.Learn(e);
        }
    }
}
