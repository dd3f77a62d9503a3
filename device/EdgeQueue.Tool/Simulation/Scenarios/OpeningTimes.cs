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

    /// <summary>The same as spans of a simulated day; null: always open.</summary>
    /// <param name="opensMinute">Local minute at which the day begins.</param>
    public static IReadOnlyList<Duty>? Spans(ServiceRules configured, int opensMinute) => configured.Hours.Count == 0
        ? null
        : [.. Of(configured).OrderBy(h => h.FromMinute).Select(h => new Duty((h.FromMinute - opensMinute) * 60_000L, (h.ToMinute - opensMinute) * 60_000L))];
}
