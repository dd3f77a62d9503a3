using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Play;

/// <summary>What the day was like, per service; waits in the day's own minutes. Who arrived was served, left, got no ticket, or is still there.</summary>
internal static class PlayTable
{
    private const string Columns = "{0,-16} {1,8} {2,7} {3,6} {4,7} {5,6} {6,10} {7,10} {8,10} {9,12}";

    public static IEnumerable<string> Lines(LoadedBranch branch, IReadOnlyList<PlayedCustomer> customers)
    {
        yield return string.Format(CultureInfo.InvariantCulture, Columns,
            "service", "arrived", "served", "left", "no", "still", "mean wait", "p95", "longest", "over target");
        yield return string.Format(CultureInfo.InvariantCulture, Columns, "", "", "", "", "ticket", "there", "min", "min", "min", "of served");
        foreach (var service in branch.Configuration.Services)
        {
            var its = customers.Where(c => c.Recorded.Service == service.Id).ToList();
            if (its.Count > 0)
            {
                yield return Line(service.Id, its, c => Target(branch, c));
            }
        }

        yield return Line("all", customers, c => Target(branch, c));
    }

    private static string Line(string name, IReadOnlyList<PlayedCustomer> customers, Func<PlayedCustomer, TimeSpan> target)
    {
        var arrived = customers.Count(c => c.State != CustomerState.Coming);
        var served = customers.Where(c => c.State == CustomerState.Served).ToList();
        var waits = served.Select(c => c.Waited.TotalMinutes).Order().ToList();
        var over = served.Count(c => c.Waited > target(c));
        return string.Format(
            CultureInfo.InvariantCulture, Columns, name, arrived, served.Count,
            customers.Count(c => c.State == CustomerState.Left), customers.Count(c => c.State == CustomerState.TurnedAway),
            customers.Count(c => c.State is CustomerState.AtDispenser or CustomerState.Waiting or CustomerState.BeingServed),
            Minutes(waits.Count == 0 ? null : waits.Average()), Minutes(NearestRank(waits, 0.95)), Minutes(waits.Count == 0 ? null : waits[^1]),
            served.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{over} ({100.0 * over / served.Count:0} %)"));
    }

    private static TimeSpan Target(LoadedBranch branch, PlayedCustomer customer) => TimeSpan.FromSeconds(
        (customer.Recorded.Segment is { } segment ? branch.Segment(segment)?.TargetWaitSeconds : null)
        ?? branch.Service(customer.Recorded.Service)!.TargetWaitSeconds);

    private static double? NearestRank(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static string Minutes(double? minutes) =>
        minutes is { } some ? some.ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
