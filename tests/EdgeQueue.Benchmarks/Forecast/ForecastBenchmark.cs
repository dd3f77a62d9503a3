using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Benchmarks.Forecast;

/// <summary>Predicting the waits of two thousand people at forty counters.</summary>
internal static class ForecastBenchmark
{
    private const int Waiting = 2000;
    private const int Counters = 40;
    private static readonly TimeSpan ForOneEvent = TimeSpan.FromMilliseconds(100);

    public static Task<IReadOnlyList<BudgetRow>> RunAsync(int waiting = Waiting)
    {
        var (branch, demand, scenario) = OracleHall.Load();
        var history = new BranchHistory();
        var days = new DaysInARow(scenario, demand, seed: 3, new Learns(history));
        for (var day = 0; day < 20; day++)
        {
            days.RunDay();
        }

        var hall = ScenarioText.Change(scenario, $"counters={Counters}", branch, demand.OpensMinute, out _)!;
        var now = new Moment(days.State.DayOpenedAt.Milliseconds + (3 * 24 * 3_600_000L));
        var state = Full(hall, waiting, now);

        // Once for the compiler.
        new WaitForecast(history, 1, 20).Refresh(state, now);
        var (full, arrival, closed) = (new List<double>(), new List<double>(), new List<double>());
        var (fresh, ofArrival, ofClosed, ranges) = (0, 0, 0, 0);
        for (var round = 0; round < 5; round++)
        {
            var forecast = new WaitForecast(history, (ulong)round);
            full.Add(Time(() => forecast.Refresh(state, now)));

            // Somebody comes: the futures of before hold, for whom they know; as many as there is time for are anew.
            Do(state, new IssueTicket($"more-{round}", state.Rules!.Services.Keys.First(), null, null, null, now), forecast);
            arrival.Add(Time(() =>
            {
                forecast.Renew(state, now, GoesOn);
                Read(state, now, forecast);
            }));
            (fresh, ofArrival) = (forecast.Fresh, forecast.Futures);

            // A counter that has just served somebody closes: none of before holds.
            var counter = state.Counters.First(c => c.Phase == CounterPhase.Open);
            Do(state, new Finish(counter.Id, counter.Version, [], null, [], now), forecast);
            Do(state, new CloseCounter(counter.Id, state.Counter(counter.Id).Version, now), forecast);
            closed.Add(Time(() =>
            {
                forecast.Renew(state, now, () => forecast.Futures < WaitForecast.Least || GoesOn());
                ranges = Read(state, now, forecast);
            }));
            ofClosed = forecast.Fresh;
            if (forecast.Futures != forecast.Fresh)
            {
                throw new BenchmarkException("Futures of before a counter closed are still read.");
            }
        }

        return Task.FromResult<IReadOnlyList<BudgetRow>>(
        [
            Row($"{waiting} waiting at {Counters} counters: all predictions anew, 60 futures", full, 2000),
            Row($"after somebody came: {fresh} of {ofArrival} futures anew, and all predictions read", arrival, 200),
            Row($"after a counter closed: {ofClosed} futures, all anew, and all predictions read ({(ranges > 0 ? "as ranges" : "P50 and P90")})", closed, 200),
        ]);
    }

    private static bool GoesOn() => Stopwatch.GetElapsedTime(_began) < ForOneEvent;

    /// <returns>How many are told a range.</returns>
    private static int Read(BranchState state, Moment now, WaitForecast forecast)
    {
        var (none, ranges) = (0, 0);
        foreach (var visit in state.Visits.Where(v => v.Phase == VisitPhase.Waiting))
        {
            var told = forecast.Of(visit, now);
            none += told is null ? 1 : 0;
            ranges += told?.Basis == PredictionBasis.Range ? 1 : 0;
        }

        return none == 0 ? ranges : throw new BenchmarkException($"{none} of those who wait have no prediction.");
    }

    private static long _began;

    private static BudgetRow Row(string what, List<double> times, double budget)
    {
        times.Sort();
        return new(what, BudgetRow.Milliseconds(times[times.Count / 2]), "–", "–",
            string.Create(CultureInfo.InvariantCulture, $"≤ {budget:0} ms"), times[times.Count / 2] <= budget);
    }

    private static BranchState Full(Scenario hall, int waiting, Moment now)
    {
        var state = new BranchState();
        Do(new Tick(new BranchClock(0, 0, true), now));
        Do(new ApplyRules(hall.Rules with { Policy = hall.Rules.Policy with { MaxWaiting = 100_000 } }, now));
        foreach (var desk in hall.Staff)
        {
            Do(new OpenCounter(desk.Counter, desk.Operator, desk.WorkProfile, false, now));
        }

        string[] services = [.. hall.Rules.Services.Keys];
        for (var i = 0; i < waiting + hall.Staff.Count; i++)
        {
            Do(new IssueTicket($"press-{i}", services[i % services.Length], null, null, null, new Moment(now.Milliseconds - waiting + i)));
        }

        foreach (var desk in hall.Staff)
        {
            Do(new CallNext(desk.Counter, state.Counter(desk.Counter).Version, now));
            Do(new Arrive(desk.Counter, state.Counter(desk.Counter).Version, now));
        }

        return state;

        void Do(Command command) => ForecastBenchmark.Do(state, command, null);
    }

    private static void Do(BranchState state, Command command, WaitForecast? forecast)
    {
        var decision = Decider.Decide(state, command);
        if (decision.Refusal is { } refusal)
        {
            throw new BenchmarkException($"{command.GetType().Name} was refused: {refusal.Sentence}");
        }

        Evolve.Apply(state, decision.Events);
        foreach (var happened in decision.Events)
        {
            forecast?.Learn(happened);
        }
    }

    private static double Time(Action work)
    {
        _began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(_began).TotalMilliseconds;
    }

    private sealed class Learns(BranchHistory history) : RollWatch
    {
        public override void Happened(IReadOnlyList<Event> events)
        {
            foreach (var e in events)
            {
                history.Learn(e);
            }
        }
    }
}
