using System.Diagnostics;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Throughput;

/// <summary>The same commands, decided and applied in memory and nothing else: what the hub could do without disk and network.</summary>
internal static class CoreAlone
{
    /// <summary>Commands a second.</summary>
    public static double Rate(BranchRules rules, int counters, TimeSpan duration)
    {
        var state = new BranchState();
        var at = new Moment(1);
        Must(new ApplyRules(rules, at));
        for (var n = 1; n <= counters; n++)
        {
            Must(new OpenCounter(BenchBranch.Counter(n), BenchBranch.Operator(n), null, false, at));
        }

        var began = Stopwatch.GetTimestamp();
        long commands = 0;
        var taken = 0;
        for (var n = 1; Stopwatch.GetElapsedTime(began) < duration; n = (n % counters) + 1)
        {
            var counter = BenchBranch.Counter(n);
            Must(new IssueTicket(Guid.NewGuid().ToString("n"), BenchBranch.Service, null, null, null, at));
            Must(new CallNext(counter, state.Counter(counter).Version, at));
            Must(new Arrive(counter, state.Counter(counter).Version, at));
            commands += 3;
            if (++taken == 90_000)
            {
                // The day's numbers are used up.
                break;
            }
        }

        return commands / Stopwatch.GetElapsedTime(began).TotalSeconds;

        void Must(Command command)
        {
            at = new Moment(at.Milliseconds + 1);
            var decision = Decider.Decide(state, command with { At = at });
            if (decision.Refusal is { } refusal)
            {
                throw new BenchmarkException($"The core refused {command.GetType().Name}: {refusal.Sentence}");
            }

            foreach (var happened in decision.Events)
            {
                Evolve.Apply(state, happened);
            }
        }
    }
}
