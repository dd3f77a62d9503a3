using System.Numerics;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// Chance that can be repeated: xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. The same seed gives the same
/// numbers on every machine, so a simulated day is repeated by its number, and two branches can be given the same customers.
/// </summary>
public sealed class Chance
{
    private ulong _a, _b, _c, _d;

    public Chance(ulong seed)
    {
        (_a, _b, _c, _d) = (Mix(ref seed), Mix(ref seed), Mix(ref seed), Mix(ref seed));
    }

    /// <summary>A stream of its own for every key, for example (seed, day, purpose): what one purpose draws moves no other.</summary>
    public static Chance Of(ulong seed, long first, long second = 0)
    {
        var mixed = seed;
        mixed = Mix(ref mixed) ^ (ulong)first;
        mixed = Mix(ref mixed) ^ (ulong)second;
        return new Chance(Mix(ref mixed));
    }

    public ulong Bits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Between 0 and 1, never either.</summary>
    public double Uniform() => ((Bits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>0 … n − 1.</summary>
    public int Below(int n) => (int)Math.BigMul(Bits(), (ulong)n, out _);

    /// <summary>With mean 1.</summary>
    public double Exponential() => -Math.Log(Uniform());

    /// <summary>With mean 0 and deviation 1; one number drawn for each, so that streams stay in step.</summary>
    public double Normal() => NormalLaw.Quantile(Uniform());

    /// <summary>How many of something that comes by itself happen, when so many do on average.</summary>
    public int Poisson(double mean)
    {
        // By the gaps between them: exact, and a day's cell has a handful.
        var count = 0;
        for (var at = Exponential(); at <= mean; at += Exponential())
        {
            count++;
        }

        return count;
    }

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
