namespace EdgeQueue.Core.Forecast;

/// <summary>The standard normal distribution.</summary>
internal static class NormalLaw
{
    // Hart (1968), algorithm 5666, as West (2005) gives it for double precision.
    private static ReadOnlySpan<double> Upper =>
    [
        0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376,
    ];

    private static ReadOnlySpan<double> Lower =>
    [
        0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948,
        440.413735824752,
    ];

    // Acklam's approximation of the inverse: relative error below 1.2e-9.
    private static ReadOnlySpan<double> MiddleUp =>
    [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01,
        2.506628277459239e+00,
    ];

    private static ReadOnlySpan<double> MiddleDown =>
    [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1,
    ];

    private static ReadOnlySpan<double> TailUp =>
    [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00,
        2.938163982698783e+00,
    ];

    private static ReadOnlySpan<double> TailDown =>
    [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
    ];

    /// <summary>P(Z ≤ z), to 1e-14.</summary>
    public static double Cdf(double z)
    {
        var x = Math.Abs(z);
        if (x > 37)
        {
            return z > 0 ? 1 : 0;
        }

        var tail = Math.Exp(-x * x / 2)
            * (x < 7.07106781186547
                ? Polynomial(Upper, x) / Polynomial(Lower, x)
                : 1 / (2.506628274631 * (x + (1 / (x + (2 / (x + (3 / (x + (4 / (x + 0.65)))))))))));
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The z with P(Z ≤ z) = p, 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double p)
    {
        const double Low = 0.02425;
        if (p < Low)
        {
            return Tail(Math.Sqrt(-2 * Math.Log(p)));
        }

        if (p > 1 - Low)
        {
            return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        }

        var q = p - 0.5;
        return q * Polynomial(MiddleUp, q * q) / Polynomial(MiddleDown, q * q);
    }

    private static double Tail(double q) => Polynomial(TailUp, q) / Polynomial(TailDown, q);

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = 0.0;
        foreach (var c in coefficients)
        {
            sum = (sum * x) + c;
        }

        return sum;
    }
}
