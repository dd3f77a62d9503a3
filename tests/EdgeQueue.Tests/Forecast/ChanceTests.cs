using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tests.Forecast;

/// <summary>Chance that can be repeated, and the laws that are drawn by it.</summary>
public sealed class ChanceTests
{
    [Fact]
    public void A_seed_is_the_same_numbers_for_ever()
    {
        var chance = new Chance(42);

        // xoshiro256** with SplitMix64, as its authors publish it.
        Assert.Equal([1546998764402558742UL, 6990951692964543102UL, 12544586762248559009UL], [chance.Bits(), chance.Bits(), chance.Bits()]);
    }

    [Fact]
    public void Streams_of_one_seed_are_apart() =>
        Assert.Equal(30, Enumerable.Range(0, 30).Select(i => Chance.Of(1, i / 6, i % 6).Bits()).Distinct().Count());

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.001, -3.090232306)]
    public void The_normal_distribution_has_its_quantiles(double p, double z)
    {
        Assert.Equal(z, NormalLaw.Quantile(p), 1e-8);
        Assert.Equal(p, NormalLaw.Cdf(z), 1e-9);
    }

    [Fact]
    public void Durations_have_their_means_and_a_remainder_is_never_shorter_than_what_has_passed()
    {
        foreach (var law in (DurationLaw[])
            [new ExponentialDuration(60_000), new LognormalDuration(60_000, 0.9), new WeibullDuration(2, 60_000), new ObservedDuration([20_000, 60_000, 100_000])])
        {
            var chance = new Chance(3);
            Assert.Equal(law.Mean, Enumerable.Range(0, 40_000).Average(_ => (double)law.Sample(chance)), law.Mean * 0.03);
            Assert.All(Enumerable.Range(0, 200), _ => Assert.True(law.SampleBeyond(chance, 90_000) >= 90_000));
        }
    }

    [Fact]
    public void A_service_that_has_lasted_long_ends_as_the_long_ones_do()
    {
        var (law, chance) = (new LognormalDuration(60_000, 0.9), new Chance(5));
        var longer = Enumerable.Range(0, 60_000).Select(_ => law.Sample(chance)).Where(s => s >= 90_000).Average(s => (double)s);

        Assert.Equal(longer, Enumerable.Range(0, 20_000).Average(_ => (double)law.SampleBeyond(chance, 90_000)), longer * 0.03);
    }

    [Fact]
    public void A_handful_comes_as_often_as_it_should()
    {
        var chance = new Chance(6);
        var counts = Enumerable.Range(0, 20_000).Select(_ => (double)chance.Poisson(3.5)).ToList();

        Assert.Equal(3.5, counts.Average(), 0.05);
        Assert.Equal(3.5, counts.Average(c => (c - 3.5) * (c - 3.5)), 0.15);
    }
}
