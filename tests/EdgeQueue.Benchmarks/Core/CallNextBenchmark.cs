using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;

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

    /// <summary>The rows of the table; writes the plot beside the READMEs' pictures.</summary>
    /// <param name="every">All sizes; else only what has a budget, and how it grows.</param>
    public static Task<IReadOnlyList<BudgetRow>> RunAsync(bool quick, bool every)
    {
        // The compiler looks at everything twice before the first case counts.
        Measure(Pairing.ByService, 1_000, Days);
        var figures = new List<CallNextFigures>();
        foreach (var pairing in Enum.GetValues<Pairing>())
        {
            figures.AddRange(((int[])[100, 1_000, 10_000, 100_000]).Select(waiting => Measure(pairing, waiting, quick ? 2 : Days)));
        }

        if (!quick)
        {
            File.WriteAllText(Repository.Picture("callnext.svg"), CallNextPlot.Svg("CallNext by the target rule: 50 services, 20 (priority, target) pairs", figures));
        }

        return Task.FromResult<IReadOnlyList<BudgetRow>>(
        [
            .. figures.Where(f => every || f.Waiting == 10_000).SelectMany(Rows),
            .. figures.GroupBy(f => f.Pairing).Select(Growth),
            .. TickBenchmark.Rows(),
        ]);
    }

    private static IEnumerable<BudgetRow> Rows(CallNextFigures f)
    {
        var counted = f.Waiting == 10_000;
        var among = $"{BudgetRow.Count(f.Waiting)} waiting in {(f.Pairing == Pairing.Every ? "1,000 streams" : "100 streams")}";
        yield return new(
            $"CallNext decided and explained, {among}", Microseconds(f.Decide), $"heap pop + push {Microseconds(f.Heap)}",
            BudgetRow.Times(f.Decide / f.Heap), counted ? $"≤ {Budget} ×" : "", counted ? f.Decide <= Budget * f.Heap : null);
        yield return new(
            $"… decided and applied, {f.Bytes:0} bytes", Microseconds(f.Both), $"heap pop + push {Microseconds(f.Heap)}",
            BudgetRow.Times(f.Both / f.Heap), counted ? $"≤ {Budget} ×" : "", counted ? f.Both <= Budget * f.Heap : null);
    }

    // A hundred times, or a thousand times, as many wait: what O(log n) would add is stated beside it.
    private static BudgetRow Growth(IGrouping<Pairing, CallNextFigures> by)
    {
        var (few, many) = (by.First(), by.Last());
        return new(
            $"a call among {BudgetRow.Count(many.Waiting)} beside one among {BudgetRow.Count(few.Waiting)}, {(by.Key == Pairing.Every ? "1,000 streams" : "100 streams")}",
            $"decided {BudgetRow.Times(many.Decide / few.Decide)}, applied too {BudgetRow.Times(many.Both / few.Both)}",
            $"the heap {BudgetRow.Times(many.Heap / few.Heap)}; log n {BudgetRow.Times(Math.Log(many.Waiting) / Math.Log(few.Waiting))}", "–", "grows as O(log n)", null);
    }

    private static CallNextFigures Measure(Pairing pairing, int waiting, int days)
    {
        var (heap, decide, both) = (new List<double>(), new List<double>(), new List<double>());
        var hall = new Hall(waiting, pairing);
        var limit = new Heap(waiting);
        long allocated = 0;
        for (var day = 0; day < days; day++)
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

        return new(pairing, waiting, Median(heap), Median(decide), Median(both), (double)allocated / (both.Count * hall.Batch));
    }

    private static string Microseconds(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.00} µs");

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

/// <summary>Medians of one case, nanoseconds a call.</summary>
/// <param name="Decide">With its explanation.</param>
/// <param name="Both">Decided and applied.</param>
/// <param name="Bytes">Allocated by the last.</param>
internal sealed record CallNextFigures(Pairing Pairing, int Waiting, double Heap, double Decide, double Both, double Bytes);
