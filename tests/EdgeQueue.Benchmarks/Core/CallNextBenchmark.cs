using System.Diagnostics;
using System.Globalization;

namespace EdgeQueue.Benchmarks.Core;

/// <summary>
/// CallNext, its explanation included, beside a binary heap's pop + push of the same number of entries in the same run
/// (DESIGN §12: at 10,000 waiting at most 5 ×, growing as O(log n)), by the target rule.
/// Deciding is the choice and its explanation; applying takes the visit out of the queue and to the counter. The three are
/// timed in turn in batches of up to 64 calls, short enough that most batches run undisturbed on a shared machine.
/// </summary>
internal static class CallNextBenchmark
{
    private const int Budget = 5;
    private const int Days = 8;
    private const int BatchesADay = 250;

    public static int Run()
    {
        Console.WriteLine("CallNext, target rule, 50 services, 20 (priority, target) pairs; ns a call, median of batches (least)");
        Console.WriteLine("streams     waiting   heap pop+push    decide with why   ratio    decide+apply   ratio   bytes");
        var kept = true;
        foreach (var pairing in Enum.GetValues<Pairing>())
        {
            foreach (var waiting in (int[])[100, 1_000, 10_000, 100_000])
            {
                kept &= Measure(pairing, waiting) <= Budget || waiting != 10_000;
            }
        }

        Console.WriteLine(kept
            ? $"CallNext keeps the budget of {Budget} x at 10,000"
            : $"CallNext is OVER the budget of {Budget} x at 10,000");
        return kept ? 0 : 1;
    }

    private static double Measure(Pairing pairing, int waiting)
    {
        var (heap, decide, both) = (new List<double>(), new List<double>(), new List<double>());
        var hall = new Hall(waiting, pairing);
        var limit = new Heap(waiting);
        long allocated = 0;
        for (var day = 0; day < Days; day++)
        {
            if (day == 1)
            {
                // The first day is for the compiler.
                heap.Clear();
                decide.Clear();
                both.Clear();
                allocated = 0;
            }

            hall.OpenDay();
            for (var i = 0; i < BatchesADay; i++)
            {
                hall.Prepare();
                heap.Add(Nanoseconds(limit.PopAndPush(hall.Batch), hall.Batch));
                decide.Add(Nanoseconds(hall.Decide(), hall.Batch));

                // Counters that just decided have warmed the caches for themselves: others come and go first.
                hall.DecideAndApply();
                hall.Prepare();
                heap.Add(Nanoseconds(limit.PopAndPush(hall.Batch), hall.Batch));
                var before = GC.GetAllocatedBytesForCurrentThread();
                both.Add(Nanoseconds(hall.DecideAndApply(), hall.Batch));
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        var bytes = (double)allocated / (both.Count * hall.Batch);
        var ratio = Median(both) / Median(heap);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pairing,-10} {waiting,8} {Shown(heap),15} {Shown(decide),18} {Median(decide) / Median(heap),7:F1} {Shown(both),15} {ratio,7:F1} {bytes,7:F0}"));
        return ratio;
    }

    private static string Shown(List<double> of) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(of):F0} ({of.Min():F0})");

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    private static double Nanoseconds(long ticks, int steps) => ticks * 1e9 / Stopwatch.Frequency / steps;

    /// <summary>.NET's heap in steady state: whoever is taken out comes back at a random later place.</summary>
    private sealed class Heap
    {
        private readonly PriorityQueue<long, long> _queue = new();
        private readonly Random _random = new(1);
        private readonly long _span;

        public Heap(int waiting)
        {
            _span = waiting * 200L;
            for (var i = 0; i < waiting; i++)
            {
                _queue.Enqueue(i, _random.NextInt64(_span));
            }
        }

        public long PopAndPush(int steps)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < steps; i++)
            {
                _queue.TryDequeue(out var visit, out var key);
                _queue.Enqueue(visit, key + _random.NextInt64(_span));
            }

            return Stopwatch.GetTimestamp() - start;
        }
    }
}
