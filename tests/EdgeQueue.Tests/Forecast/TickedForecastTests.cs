using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What the clock will do is in a forecast: parkings that end, waits for a person that end.</summary>
public sealed class TickedForecastTests : TaughtBranch
{
    private const long Minute = 60_000;

    public TickedForecastTests()
    {
        Do(new ApplyRules(State.Rules! with { Calling = new CallingSettings(PersonWaitMs: 10 * Minute) }, Now));
        Open();
        Serve(60, seconds: 120);
        for (var day = 0; day < 3; day++)
        {
            Do(new CloseDay(Now));
            Serve(5, seconds: 120);
        }
    }

    [Fact]
    public void Who_waits_for_somebody_who_is_not_there_is_called_when_that_wait_ends()
    {
        Do(new IssueTicket("asks", "cash", null, null, null, Now, Operator: "boris"));

        Assert.InRange(Told(State.LastVisit).P50Ms!.Value, 10 * Minute, (10 * Minute) + 1000);
    }

    [Fact]
    public void Who_is_put_aside_comes_back_to_the_old_place_and_makes_the_others_wait()
    {
        Queue(3);
        Do(Say.Aside("1", minutes: 1, at: Seconds)(State));
        Do(Say.Next("1", Seconds)(State));
        Do(Say.Arrives("1", Seconds)(State));

        // One is served, one waits, and the one who was put aside comes back before the counter is free.
        Assert.InRange(Told(State.LastVisit).P50Ms!.Value, (4 * Minute) - 1000, (4 * Minute) + 1000);
    }

    private WaitPrediction Told(long visit)
    {
        var forecast = new WaitForecast(History, 1);
        forecast.Refresh(State, Now);
        return forecast.Of(State.Find(visit)!, Now)!;
    }
}
