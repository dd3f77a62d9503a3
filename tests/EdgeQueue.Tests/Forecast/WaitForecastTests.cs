using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What is said, and when nothing is said.</summary>
public sealed class WaitForecastTests : TaughtBranch
{
    private const long Hour = 3_600_000;

    [Fact]
    public void A_branch_that_has_served_nobody_says_nothing()
    {
        var forecast = new WaitForecast(History, 1);
        Do(new IssueTicket("p1", "cash", null, null, null, Now));

        forecast.Refresh(State, Now);

        Assert.Equal(0, forecast.Futures);
        Assert.Null(forecast.Of(State.Find(1)!, Now));
        Assert.Null(forecast.OfNewcomer(Cash, Now));
    }

    [Fact]
    public void Who_comes_in_the_hour_of_the_long_services_waits_longer_and_nobody_is_slow_for_it()
    {
        // 17:00 on the wall is quick, the hour after it takes three times as long; the same operator works in both.
        Open();
        for (var day = 0; day < 12; day++)
        {
            var opens = Now;
            Serve(55, seconds: 60);
            Passes(opens.Milliseconds + Hour - Now.Milliseconds);
            Serve(18, seconds: 180);
            Do(new CloseDay(Now));
            Passes(opens.Milliseconds + (24 * Hour) - Now.Milliseconds);
        }

        var minute = History.Clock.MinuteOfDay(Now);
        Assert.InRange(History.PaceAt("cash", minute), 0.6, 0.8);
        Assert.InRange(History.PaceAt("cash", minute + 60), 1.4, 2.1);
        Assert.Equal(1, History.PaceAt("cash", minute + 180));
        Assert.InRange(History.PaceOf("anna"), 0.85, 1.15);

        Queue(6);
        var quick = Predict().P50Ms!.Value;
        Passes(Hour);
        var slow = Predict().P50Ms!.Value;
        Assert.True(slow > 1.6 * quick, $"{slow} ms after {quick} ms");
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
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);

        Assert.Null(forecast.Of(State.Find(State.LastVisit)!, Now));
    }

    [Fact]
    public void Three_people_ahead_are_three_services()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(4);
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);

        // One is at the counter, three wait: the last of them is called after three services.
        var last = forecast.Of(State.Find(State.LastVisit)!, Now)!;
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
        var before = StateDigest.Of(State);
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);

        Assert.Equal(before, StateDigest.Of(State));
        var again = new WaitForecast(History, 1);
        again.Refresh(State, Now);
        Assert.Equal(forecast.OfNewcomer(Cash, Now), again.OfNewcomer(Cash, Now));
    }

    [Fact]
    public void Somebody_who_came_after_the_futures_is_told_what_a_newcomer_was()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(4);
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);
        var newcomer = forecast.OfNewcomer(Cash, Now);
        Passes(10);
        Do(new IssueTicket("later", "cash", null, null, null, Now));

        Assert.Equal(newcomer!.LowMs - 10, forecast.Of(State.Find(State.LastVisit)!, Now)!.LowMs);
    }

    [Fact]
    public async Task In_a_live_queue_whoever_waits_for_a_closed_counter_is_told_nothing_and_every_future_ends()
    {
        Open();
        Serve(60, seconds: 120);
        Queue(1);
        var bound = State.LastVisit;
        Do(Say.Send("1", toCounter: "2", at: Seconds)(State));
        Do(new ApplyRules(State.Rules! with { Visits = VisitRules.None with { Hall = HallRules.Open with { Mode = HallMode.Live } } }, Now));
        Do(new StartService("1", State.Counter("1").Version, "cash", Now));
        var forecast = new WaitForecast(History, 1);

        await Task.Run(() => forecast.Refresh(State, Now), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.True(forecast.Futures > 0);
        Assert.Null(forecast.Of(State.Find(bound)!, Now)?.P50Ms);
    }
}
