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
        var (full, one, ask) = (new List<double>(), new List<double>(), new List<double>());
        var rolled = 0;
        for (var round = 0; round < 5; round++)
        {
            var forecast = new WaitForecast(history, (ulong)round);
            full.Add(Time(() => forecast.Refresh(state, now)));
            one.Add(Time(() => rolled = forecast.Renew(state, now, () => Stopwatch.GetElapsedTime(_began) < ForOneEvent)));
            ask.Add(Time(() =>
            {
                if (state.Visits.Count(v => v.Phase == VisitPhase.Waiting && forecast.Of(v, now) is null) is > 0 and var none)
                {
                    throw new BenchmarkException($"{none} of {waiting} waiting have no prediction.");
                }
            }));
        }

        return Task.FromResult<IReadOnlyList<BudgetRow>>(
        [
            Row($"{waiting} waiting at {Counters} counters: all predictions anew, 60 futures", full, 2000),
            Row($"after one event: {rolled} futures anew, and all predictions read", [.. one.Zip(ask, (a, b) => a + b)], 200),
        ]);
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

        void Do(Command command)
        {
            var decision = Decider.Decide(state, command);
            if (decision.Refusal is { } refusal)
            {
                throw new BenchmarkException($"{command.GetType().Name} was refused: {refusal.Sentence}");
            }

            Evolve.Apply(state, decision.Events);
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
