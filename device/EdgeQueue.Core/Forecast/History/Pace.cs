namespace EdgeQueue.Core.Forecast;

/// <summary>Service times ÷ the ordinary ones: sums that fade, so that an operator who learns is seen to.</summary>
/// <param name="prior">As many services of ordinary length are taken as seen: nobody is slow after one long service.</param>
/// <param name="keep">What is left of a service's weight after the next.</param>
internal sealed class Pace(double prior, double keep)
{
    private double _took;
    private double _ordinary;
    private double _count;

    public double Factor => _count == 0 ? 1 : (_took + (prior * _ordinary / _count)) / (_ordinary + (prior * _ordinary / _count));

    public static Pace OfAnOperator() => new(prior: 30, keep: 0.998);

    /// <summary>Hours differ less than people, and there are more of them: an hour has to show it for longer.</summary>
    public static Pace OfAnHour() => new(prior: 150, keep: 0.9995);

    public void Add(double took, double ordinary) =>
        (_took, _ordinary, _count) = ((_took * keep) + took, (_ordinary * keep) + ordinary, (_count * keep) + 1);
}
