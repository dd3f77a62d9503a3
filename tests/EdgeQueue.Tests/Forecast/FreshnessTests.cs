using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What is read after an event stands on futures that could foresee it, and the reader knows how many are of now.</summary>
public sealed class FreshnessTests : TaughtBranch
{
    private readonly WaitForecast _forecast;

    public FreshnessTests()
    {
        Do(new OpenCounter("2", "boris", "all", false, Now));
        Open();
        Serve(60, seconds: 120);
        for (var day = 0; day < 3; day++)
        {
            Do(new CloseDay(Now));
            Serve(5, seconds: 120);
        }

        Queue(12);
        Do(new CallNext("2", State.Counter("2").Version, Now));
        Do(new Arrive("2", State.Counter("2").Version, Now));
        _forecast = new(History, 1);
        _forecast.Refresh(State, Now);
    }

    [Fact]
    public void After_an_arrival_the_futures_of_before_still_hold_and_some_are_of_now()
    {
        Hears(new IssueTicket("one-more", "cash", null, null, null, Now));
        var rolled = 0;
        _forecast.Renew(State, Now, () => ++rolled < 7);

        Assert.Equal((60, 7), (_forecast.Futures, _forecast.Fresh));
        Assert.False(_forecast.IsFresh);
        _forecast.GoOn(() => true);
        Assert.Equal((60, 60, true), (_forecast.Futures, _forecast.Fresh, _forecast.IsFresh));
    }

    [Fact]
    public void When_a_counter_closes_nothing_is_told_from_the_time_when_it_was_open()
    {
        var before = Last().LowMs;
        Hears(new Finish("2", State.Counter("2").Version, [], null, [], Now));
        Hears(new CloseCounter("2", State.Counter("2").Version, Now));
        var rolled = 0;
        _forecast.Renew(State, Now, () => ++rolled < 20);

        Assert.Equal((20, 20), (_forecast.Futures, _forecast.Fresh));
        Assert.Equal(PredictionBasis.Known, Last().Basis);
        Assert.True(Last().LowMs > 1.6 * before, $"half as many counters, and {Last().LowMs} ms after {before} ms");
    }

    [Fact]
    public void With_few_futures_a_range_is_said_and_with_fewer_nothing()
    {
        Hears(new Finish("2", State.Counter("2").Version, [], null, [], Now));
        Hears(new CloseCounter("2", State.Counter("2").Version, Now));
        var rolled = 0;
        _forecast.Renew(State, Now, () => ++rolled < 9);
        Assert.Null(_forecast.Of(State.Find(State.LastVisit)!, Now));

        _forecast.GoOn(() => false);
        Assert.Equal((10, PredictionBasis.Range), (_forecast.Futures, Last().Basis));
        Assert.Null(Last().P50Ms);
    }

    [Fact]
    public void Two_who_leave_are_borne_and_a_third_makes_the_futures_anothers()
    {
        Leaves(State.LastVisit - 1, State.LastVisit - 2);
        _forecast.Look(State, Now);
        Assert.Equal(60, _forecast.Futures);

        Leaves(State.LastVisit - 3);
        _forecast.Look(State, Now);
        Assert.Equal(0, _forecast.Futures);
    }

    private void Leaves(params ReadOnlySpan<long> visits)
    {
        foreach (var visit in visits)
        {
            Hears(new CancelVisit(visit, "left", Now));
        }
    }

    private WaitPrediction Last() => _forecast.Of(State.Find(State.LastVisit)!, Now)!;

    private void Hears(Command command)
    {
        foreach (var happened in Do(command))
        {
            _forecast.Learn(happened);
        }
    }
}
