using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>When tickets are given on a simulated day. It is no certain day of the week: a service is open when it is on any.</summary>
internal static class OpeningTimes
{
    private static readonly DayOfWeek[] Week = Enum.GetValues<DayOfWeek>();

    /// <summary>Empty: always.</summary>
    public static IReadOnlyList<OpeningHours> Of(ServiceRules configured) =>
        [.. configured.Hours.Select(h => (h.FromMinute, h.ToMinute)).Distinct().Select(h => new OpeningHours(Week, h.FromMinute, h.ToMinute))];

    /// <summary>The rules with the hours of the configured services.</summary>
    public static BranchRules Kept(BranchRules rules, BranchRules configured) => rules with
    {
        Services = rules.Services.ToDictionary(s => s.Key, s => s.Value with { Hours = Of(configured.Services[s.Key]) }),
    };

    /// <summary>These services are open then and at no other time.</summary>
    public static BranchRules Changed(BranchRules rules, IReadOnlyDictionary<string, (int From, int To)> hours) => rules with
    {
        Services = rules.Services.ToDictionary(
            s => s.Key, s => hours.TryGetValue(s.Key, out var own) ? s.Value with { Hours = [new(Week, own.From, own.To)] } : s.Value),
    };

    /// <summary>The same as spans of a simulated day, one after the other: what overlaps (Monday's hours and Tuesday's) is open once; null: always open.</summary>
    /// <param name="opensMinute">Local minute at which the day begins.</param>
    public static IReadOnlyList<Duty>? Spans(ServiceRules configured, int opensMinute)
    {
        if (configured.Hours.Count == 0)
        {
            return null;
        }

        var spans = new List<Duty>();
        foreach (var hours in Of(configured).OrderBy(h => h.FromMinute))
        {
            var (from, to) = ((hours.FromMinute - opensMinute) * 60_000L, (hours.ToMinute - opensMinute) * 60_000L);
            if (spans is [.., var last] && from <= last.To)
            {
                spans[^1] = new(last.From, Math.Max(last.To, to));
            }
            else
            {
                spans.Add(new(from, to));
            }
        }

        return spans;
    }
}
