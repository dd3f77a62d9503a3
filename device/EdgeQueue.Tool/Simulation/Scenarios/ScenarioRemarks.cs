using System.Globalization;
using System.Text.RegularExpressions;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>What a reader must know beside the figures: why a change meets nothing on these days, and why people got no ticket.</summary>
internal static partial class ScenarioRemarks
{
    private const int MostRefusals = 8;

    public static IEnumerable<string> Of(IReadOnlyList<Scenario> scenarios, IReadOnlyList<DayFigures[]> days, BranchDemand demand)
    {
        for (var i = 1; i < scenarios.Count; i++)
        {
            if (IsSame(days[0], days[i]))
            {
                yield return $"{scenarios[i].Name}: nobody on these days would have been called a moment sooner or later.{Why(scenarios[0], scenarios[i], demand)}";
            }
        }
    }

    /// <summary>Why people were not served although counters were open: what the dispenser told them.</summary>
    public static IEnumerable<string> Refusals(IReadOnlyList<DayFigures> days)
    {
        // Everybody's slot is another: they were told the same all the same.
        var told = days.SelectMany(d => d.Refused ?? []).GroupBy(r => TimeOnTheWall().Replace(r.Key, "…")).Select(g => (Sentence: g.Key, ADay: (double)g.Sum(r => r.Value) / days.Count))
            .OrderByDescending(r => r.ADay).ToList();
        foreach (var (sentence, aDay) in told.Take(MostRefusals))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{aDay:0.0} a day got no ticket: {sentence}");
        }

        if (told.Count > MostRefusals)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{told.Skip(MostRefusals).Sum(r => r.ADay):0.0} a day got none for {told.Count - MostRefusals} other reasons.");
        }
    }

    /// <summary>The same of the what-ifs that turn away others than the branch as it is.</summary>
    public static IEnumerable<string> Refusals(IReadOnlyList<Scenario> scenarios, IReadOnlyList<DayFigures[]> days)
    {
        var usual = Refusals(days[0]).ToList();
        return Enumerable.Range(1, scenarios.Count - 1).SelectMany(i => Refusals(days[i]).Except(usual).Select(line => $"{scenarios[i].Name}: {line}"));
    }

    /// <summary>Not one customer was called, left or was refused otherwise.</summary>
    public static bool IsSame(IReadOnlyList<DayFigures> one, IReadOnlyList<DayFigures> other) => one.Zip(other, (a, b) => a.All.Zip(b.All, (x, y) =>
        (x.Customers, x.Left, x.Unserved, x.Late) == (y.Customers, y.Left, y.Unserved, y.Late) && x.Waits.AsSpan().SequenceEqual(y.Waits)).All(same => same)).All(same => same);

    private static string Why(Scenario first, Scenario other, BranchDemand demand)
    {
        var why = "";
        if (!ReferenceEquals(first.Rules.Visits?.AutoCall, other.Rules.Visits?.AutoCall))
        {
            why += string.Create(CultureInfo.InvariantCulture,
                $" Operators of these days press Next {(demand.GapMs == 0 ? "at once" : $"{demand.GapMs / 1000.0:0.#} s")} after a service, so a counter never calls by itself before them; how long they take is 'gapSeconds' of a demand file, and a journal tells it.");
        }

        if (demand.Booked.Count == 0 && IsAbout(other, "guard", "early", "late", "toolate"))
        {
            why += " Nobody books on these days.";
        }

        if (IsAbout(other, "personwait") && !demand.WalkIns.Any(w => w.AsksForPeople))
        {
            why += " Nobody asks for an operator on these days ('asks' of a demand file).";
        }

        return why;
    }

    [GeneratedRegex(@"(\d{4}-\d\d-\d\d )?\b\d\d:\d\d\b", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOnTheWall();

    private static bool IsAbout(Scenario scenario, params string[] keys) =>
        scenario.Name.Split(';', StringSplitOptions.TrimEntries).Any(part => keys.Contains(part.Split('=')[0].Trim()));
}
