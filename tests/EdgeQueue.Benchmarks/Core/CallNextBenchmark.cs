using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Core;

/// <summary>
/// CallNext, its explanation included, beside a binary heap's pop + push of the same number of entries in the same run
/// (DESIGN §12: at 10,000 waiting at most 5 ×, growing as O(log n)). 50 services, each with 20 (priority, target) pairs,
/// so up to 1,000 streams, and counters that may call from all of them, by the target rule.
/// Deciding is the choice and its explanation; applying takes the visit out of the queue and to the counter.
/// </summary>
internal static class CallNextBenchmark
{
    private const int Services = 50;
    private const int Pairs = 20;
    private const int Counters = 64;
    private const int Rounds = 25;
    private const int Steps = 10_000;

    public static int Run()
    {
        Console.WriteLine("CallNext, target rule, 50 services x 20 (priority, target) pairs; ns, median of rounds (least)");
        Console.WriteLine("  waiting   heap pop+push    decide with why   ratio    decide+apply   ratio   bytes");
        var kept = true;
        foreach (var waiting in (int[])[100, 1_000, 10_000, 100_000])
        {
            var (heap, decide, both, bytes) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
            var hall = new Hall(waiting);
            var limit = new Heap(waiting);
            for (var round = 0; round < Rounds; round++)
            {
                heap.Add(limit.PopAndPush(Steps));
                var (decided, all, allocated) = hall.CallNext(Steps);
                decide.Add(decided);
                both.Add(all);
                bytes = allocated;
            }

            var ratio = Median(decide) / Median(heap);
            kept &= waiting != 10_000 || ratio <= 5;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{waiting,9} {Shown(heap),15} {Shown(decide),18} {ratio,7:F1} {Shown(both),15} {Median(both) / Median(heap),7:F1} {bytes,7:F0}"));
        }

        Console.WriteLine(kept ? "the decision keeps the budget of 5 x at 10,000" : "the decision is OVER the budget of 5 x at 10,000");
        return kept ? 0 : 1;
    }

    private static string Shown(List<double> of) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(of):F0} ({of.Min():F0})");

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    private static double Nanoseconds(long ticks, int steps) => ticks * 1e9 / Stopwatch.Frequency / steps;

    /// <summary>.NET's heap as a queue of tickets by 20 priorities, then time.</summary>
    private sealed class Heap
    {
        private readonly PriorityQueue<long, (int Priority, long Since, long Visit)> _queue = new();
        private readonly Random _random = new(1);
        private long _visit;

        public Heap(int waiting)
        {
            for (var i = 0; i < waiting; i++)
            {
                Push();
            }
        }

        public double PopAndPush(int steps)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < steps; i++)
            {
                _queue.Dequeue();
                Push();
            }

            return Nanoseconds(Stopwatch.GetTimestamp() - start, steps);
        }

        private void Push()
        {
            _visit++;
            _queue.Enqueue(_visit, (_random.Next(20), _visit * 100, _visit));
        }
    }

    private sealed class Hall
    {
        private readonly BranchState _state = new();
        private readonly Random _random = new(1);
        private long _visit;

        public Hall(int waiting)
        {
            Evolve.Apply(_state, new RulesApplied(Rules(), default));
            Evolve.Apply(_state, new DayOpened(1, null, default));
            for (var i = 0; i < Counters; i++)
            {
                Evolve.Apply(_state, new CounterOpened(Id(i), "operator-" + Id(i), "all", null, default));
            }

            for (var i = 0; i < waiting; i++)
            {
                Come();
            }
        }

        /// <summary>
        /// Batches of calls are timed, one call at each of many counters, because reading the clock can cost more than a call;
        /// between the batches the counters and the hall are made as before.
        /// </summary>
        public (double Decide, double Both, double Allocated) CallNext(int steps)
        {
            // A new day lets go of who has left, as in a branch.
            Evolve.Apply(_state, new DayOpened(_state.Day + 1, null, Now));
            long deciding = 0, both = 0, allocated = 0;
            var batch = Math.Clamp(_state.Waiting / 20, 1, Counters);
            var commands = new CallNext[batch];
            var done = 0;
            for (; done < steps; done += batch)
            {
                for (var i = 0; i < batch; i++)
                {
                    var id = Id(i);
                    commands[i] = new CallNext(id, _state.Counter(id).Version, Now + TimeSpan.FromMilliseconds(i));
                }

                var start = Stopwatch.GetTimestamp();
                foreach (var command in commands)
                {
                    Decider.Decide(_state, command);
                }

                deciding += Stopwatch.GetTimestamp() - start;
                var bytes = GC.GetAllocatedBytesForCurrentThread();
                start = Stopwatch.GetTimestamp();
                foreach (var command in commands)
                {
                    Evolve.Apply(_state, Decider.Decide(_state, command).Events[0]);
                }

                both += Stopwatch.GetTimestamp() - start;
                allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
                for (var i = 0; i < batch; i++)
                {
                    Evolve.Apply(_state, new VisitEnded(_state.Counter(Id(i)).Visit!.Value, VisitEnd.Finished, null, Now));
                    Come();
                }
            }

            return (Nanoseconds(deciding, done), Nanoseconds(both, done), (double)allocated / done);
        }

        private Moment Now => new(_visit * 100);

        private static string Id(int counter) => counter.ToString(CultureInfo.InvariantCulture);

        private void Come()
        {
            _visit++;
            var service = _random.Next(Services);
            var pair = _random.Next(Pairs);
            var at = new Moment(_visit * 100);
            Evolve.Apply(_state, new TicketIssued(
                _visit, Label(_visit), "A", (int)_visit, "s" + service, null, 1 + (pair * 5), 60_000 * (1 + pair),
                60_000 + (service * 5_000), "en", null, Label(_visit), null, at, false, true, at));
            Evolve.Apply(_state, new TicketPrintReported(_visit, PrintOutcome.Printed, false, at));
        }

        private static string Label(long visit) => "A" + visit.ToString(CultureInfo.InvariantCulture);

        private static BranchRules Rules()
        {
            var services = Enumerable.Range(0, Services).Select(i => "s" + i).ToList();
            return new(
                services.ToDictionary(s => s, _ => new ServiceRules("A", 3, 1, 9_999_999, 1, 0, 600_000, 50, 300_000, [])),
                new Dictionary<string, SegmentRules>(),
                new Dictionary<string, WorkProfileRules> { ["all"] = new(services, CallingRuleKind.Target) },
                Enumerable.Range(0, Counters).ToDictionary(Id, _ => new CounterRules("all", "hall")),
                new HashSet<string>(),
                new PolicyRules(1, 0, true, null, 0, 10, "en", int.MaxValue));
        }
    }
}
