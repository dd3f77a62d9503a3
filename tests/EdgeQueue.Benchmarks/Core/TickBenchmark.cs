using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Table;

namespace EdgeQueue.Benchmarks.Core;

/// <summary>A Tick for which nothing is due, whoever waits: twice a second, all day. The two sizes take turns.</summary>
internal static class TickBenchmark
{
    private const int Few = 100;
    private const int Many = 100_000;
    private const int Rounds = 400;
    private const int Batch = 256;

    // A tick is some ten nanoseconds, of which the clock that measures it is a part.
    private const double Budget = 1.5;

    public static IReadOnlyList<BudgetRow> Rows()
    {
        var (few, many) = (new Hall(Few, Pairing.Every), new Hall(Many, Pairing.Every));
        var (ofFew, ofMany) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ofFew.Add(Nanoseconds(few.Tick(Batch)));
            ofMany.Add(Nanoseconds(many.Tick(Batch)));
        }

        var (a, b) = (Median(ofFew), Median(ofMany));
        return
        [
            new(
                $"a Tick for which nothing is due, {BudgetRow.Count(Many)} waiting", Shown(b), $"{BudgetRow.Count(Few)} waiting: {Shown(a)}",
                BudgetRow.Times(b / a), "costs only what is due", b <= Budget * a),
        ];
    }

    private static string Shown(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns");

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    private static double Nanoseconds(long ticks) => ticks * 1e9 / Stopwatch.Frequency / Batch;
}
