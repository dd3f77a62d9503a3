using System.Globalization;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>How long a service takes in a model, in the model's unit, with the moments that the formulas need.</summary>
/// <param name="Mean">E[S]</param>
/// <param name="Second">E[S²]</param>
/// <param name="Third">E[S³]</param>
internal sealed record ServiceLaw(string Text, double Mean, double Second, double Third, Func<double, DurationLaw> InMs)
{
    public const string Forms = "det:MEAN, exp:MEAN, erlang:K:MEAN, lognormal:MEAN:CV, uniform:LEAST:MOST or hyper:P:MEAN1:MEAN2";

    public static ServiceLaw Exponential(double mean) =>
        new($"exp:{mean}", mean, 2 * mean * mean, 6 * mean * mean * mean, scale => new ExponentialDuration(mean * scale));

    /// <summary>Null: it is none of <see cref="Forms"/>.</summary>
    public static ServiceLaw? Parse(string text)
    {
        var parts = text.Split(':');
        var figures = new double[parts.Length - 1];
        for (var i = 0; i < figures.Length; i++)
        {
            if (!double.TryParse(parts[i + 1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out figures[i]))
            {
                return null;
            }
        }

        return (parts[0], figures) switch
        {
            ("det", [> 0 and var m]) => new(text, m, m * m, m * m * m, s => new FixedDuration((long)Math.Round(m * s))),
            ("exp", [> 0 and var m]) => Exponential(m) with { Text = text },
            ("erlang", [>= 1 and <= 1000 and var k, > 0 and var m]) when k == Math.Floor(k) => new(
                text, m, m * m * (k + 1) / k, m * m * m * (k + 1) * (k + 2) / (k * k), s => new ErlangDuration((int)k, m * s)),
            ("lognormal", [> 0 and var m, > 0 and var cv]) => new(
                text, m, m * m * (1 + (cv * cv)), Math.Pow(m, 3) * Math.Pow(1 + (cv * cv), 3), s => new LognormalDuration(m * s, cv)),
            ("uniform", [var a, var b]) when b > a => new(
                text, (a + b) / 2, ((a * a) + (a * b) + (b * b)) / 3, (a + b) * ((a * a) + (b * b)) / 4, s => new UniformDuration(a * s, b * s)),
            ("hyper", [> 0 and < 1 and var p, > 0 and var a, > 0 and var b]) => new(
                text, (p * a) + ((1 - p) * b), 2 * ((p * a * a) + ((1 - p) * b * b)), 6 * ((p * a * a * a) + ((1 - p) * b * b * b)),
                s => new HyperDuration(p, a * s, b * s)),
            _ => null,
        };
    }
}

internal sealed record ErlangDuration(int Phases, double MeanMs) : DurationLaw
{
    public override double Mean => MeanMs;

    public override long Sample(Chance chance)
    {
        var sum = 0.0;
        for (var i = 0; i < Phases; i++)
        {
            sum += chance.Exponential();
        }

        return Whole(MeanMs * sum / Phases);
    }

    public override long SampleBeyond(Chance chance, long lastedMs) => throw new NotSupportedException("Models begin empty.");
}

internal sealed record UniformDuration(double FromMs, double ToMs) : DurationLaw
{
    public override double Mean => (FromMs + ToMs) / 2;

    public override long Sample(Chance chance) => Whole(FromMs + ((ToMs - FromMs) * chance.Uniform()));

    public override long SampleBeyond(Chance chance, long lastedMs) => throw new NotSupportedException("Models begin empty.");
}

internal sealed record HyperDuration(double Share, double FirstMs, double SecondMs) : DurationLaw
{
    public override double Mean => (Share * FirstMs) + ((1 - Share) * SecondMs);

    public override long Sample(Chance chance) => Whole((chance.Uniform() < Share ? FirstMs : SecondMs) * chance.Exponential());

    public override long SampleBeyond(Chance chance, long lastedMs) => throw new NotSupportedException("Models begin empty.");
}
