using System.Globalization;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>The figures of a simulation, for people.</summary>
internal static class ScenarioTable
{
    private const string Columns = "{0,-28} {1,9} {2,14} {3,14} {4,14} {5,9} {6,13} {7,15}";

    private const int Widest = 28;

    public static IEnumerable<string> PerService(IReadOnlyList<string> services, IReadOnlyList<DayFigures> days)
    {
        yield return Head("service");
        yield return Units();
        for (var i = 0; i < services.Count; i++)
        {
            var figures = ScenarioFigures.Of(days, i);
            if (figures.Customers > 0)
            {
                yield return Line(services[i], figures);
            }
        }

        yield return Line("all", ScenarioFigures.Of(days));
    }

    /// <summary>Scenarios one below the other, and what each changes against the first.</summary>
    public static IEnumerable<string> Compared(IReadOnlyList<Scenario> scenarios, IReadOnlyList<DayFigures[]> days)
    {
        yield return Head("what if");
        yield return Units();
        for (var i = 0; i < scenarios.Count; i++)
        {
            yield return Line(scenarios[i].Name, ScenarioFigures.Of(days[i]));
        }

        // Cut in the columns, so that they stand below one another; here whole.
        foreach (var scenario in scenarios.Where(s => s.Name.Length > Widest))
        {
            yield return $"{Short(scenario.Name)} is {scenario.Name}";
        }

        yield return "";
        yield return "Against the first, day by day (* is more than chance makes in 19 of 20 such studies):";
        for (var i = 1; i < scenarios.Count; i++)
        {
            if (ScenarioRemarks.IsSame(days[0], days[i]))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{Short(scenarios[i].Name),-Widest} nothing changes, see below");
                continue;
            }

            var change = ScenarioFigures.Difference(days[i], days[0]);
            yield return string.Format(
                CultureInfo.InvariantCulture, Columns, Short(scenarios[i].Name), "", Change(change.Late), Change(change.Mean), Change(change.P95),
                Signed(change.Longest.Value), Change(change.Left), Unserved(change.Unserved, Change));
        }
    }

    private static string Head(string first) => string.Format(
        CultureInfo.InvariantCulture, Columns, first, "customers", "late", "mean wait", "p95", "longest", "left", "not served");

    private static string Units() => string.Format(CultureInfo.InvariantCulture, Columns, "", "a day", "%", "min", "min", "min", "%", "a day");

    private static string Line(string name, ScenarioFigures f) => string.Format(
        CultureInfo.InvariantCulture, Columns, Short(name), f.Customers.ToString("0.0", CultureInfo.InvariantCulture), Interval(f.Late, "0.0"),
        Interval(f.Mean, "0.00"), Interval(f.P95, "0.0"), Interval(f.Longest, "0.0"), Interval(f.Left, "0.00"), Unserved(f.Unserved, e => Interval(e, "0.0")));

    private static string Unserved(Estimate e, Func<Estimate, string> form) => e is { Value: 0, Margin: 0 or double.NaN } ? "0" : form(e);

    private static string Interval(Estimate e, string form) =>
        double.IsNaN(e.Value) ? "–" : e.Value.ToString(form, CultureInfo.InvariantCulture) + (double.IsNaN(e.Margin) ? "" : " ± " + e.Margin.ToString(form, CultureInfo.InvariantCulture));

    private static string Change(Estimate e) =>
        double.IsNaN(e.Value) ? "– "
        : Signed(e.Value) + (double.IsNaN(e.Margin) ? "" : " ± " + e.Margin.ToString("0.00", CultureInfo.InvariantCulture)) + (e.IsSeen ? "*" : " ");

    private static string Signed(double value) => double.IsNaN(value) ? "–" : value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length <= Widest ? name : name[..(Widest - 1)] + "…";
}
