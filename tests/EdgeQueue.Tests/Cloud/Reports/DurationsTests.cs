using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Reports.Figures;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>Percentiles out of histograms against the exact ones, nearest rank.</summary>
public sealed class DurationsTests
{
    [Fact]
    public void A_percentile_is_wrong_by_no_more_than_the_width_of_its_bucket_whatever_the_waits_were()
    {
        var random = new Random(20_261_122);
        for (int day = 0; day < 2_000; day++)
        {
            // From a quiet counter to a day on which some wait two hours.
            long longest = random.Next(1_000, 7_200_000);
            long[] waits = [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (long)(longest * Math.Pow(random.NextDouble(), random.Next(1, 4))))];
            Durations durations = Of(waits);
            Array.Sort(waits);
            Assert.Equal(waits.Sum() / waits.Length, durations.MeanMs);
            foreach (int percent in new[] { 1, 50, 90, 95, 99 })
            {
                long exact = waits[((waits.Length * percent) + 99) / 100 - 1];
                Percentile found = durations.At(percent)!.Value;
                if (found.HighMs is { } high)
                {
                    Assert.InRange(exact, found.LowMs, high);
                    Assert.InRange(found.Ms, found.LowMs, high);
                    Assert.True(Math.Abs(found.Ms - exact) <= high - found.LowMs, $"{found} and not {exact}");
                }
                else
                {
                    Assert.True(exact > 5_400_000, "only what is over 90 min has no upper bound");
                }
            }
        }
    }

    [Fact]
    public void Histograms_of_two_branches_add_up_to_the_histogram_of_both()
    {
        long[] one = [1_000, 40_000, 700_000, 6_000_000];
        long[] other = [15_000, 15_001, 5_400_000];
        Durations both = Of([.. one, .. other]);
        var added = new Durations();
        foreach (long[] waits in new[] { one, other })
        {
            added.Add(Row(waits), Measure.WaitMs, Measure.WaitBuckets);
        }

        Assert.Equal(both.Counts, added.Counts);
        Assert.Equal((both.MeanMs, both.At(50), both.At(95)), (added.MeanMs, added.At(50), added.At(95)));
    }

    [Fact]
    public void Nobody_has_no_mean_and_no_percentile_and_what_is_over_ninety_minutes_has_no_upper_bound()
    {
        Assert.Null(new Durations().MeanMs);
        Assert.Null(new Durations().At(90));
        Assert.Equal(new Percentile(5_400_000, 5_400_000, null), Of([5_400_001]).At(50));
    }

    [Fact]
    public void The_service_level_is_the_share_of_those_called_who_waited_no_longer_than_their_target()
    {
        long[] row = Row([60_000, 60_000, 60_000, 900_000]);
        row[Measure.OverTarget] = 1;
        var sums = new Sums();
        sums.Add(row);

        Assert.Equal(750, sums.ServiceLevel);
        Assert.Null(new Sums().ServiceLevel);
    }

    private static Durations Of(long[] waits)
    {
        var durations = new Durations();
        durations.Add(Row(waits), Measure.WaitMs, Measure.WaitBuckets);
        return durations;
    }

    private static long[] Row(long[] waits)
    {
        long[] row = new long[Measure.Count];
        foreach (long wait in waits)
        {
            row[Measure.WaitMs] += wait;
            row[Measure.WaitBuckets + Buckets.Of(wait)]++;
        }

        return row;
    }
}
