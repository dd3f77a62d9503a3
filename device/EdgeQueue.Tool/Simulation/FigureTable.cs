using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>Figures per service, for people.</summary>
internal static class FigureTable
{
    private const string Columns = "{0,-16} {1,9} {2,8} {3,10} {4,8} {5,9} {6,7} {7,10}";

    public static IEnumerable<string> Lines(LoadedBranch branch, BranchRules rules, IReadOnlyCollection<Customer> customers)
    {
        yield return string.Format(
            CultureInfo.InvariantCulture, Columns, "service", "customers", "late", "mean wait", "p95", "longest", "left", "not served");
        yield return string.Format(CultureInfo.InvariantCulture, Columns, "", "", "%", "min", "min", "min", "%", "");
        foreach (var service in branch.Configuration.Services)
        {
            var its = customers.Where(c => c.Service == service.Id).ToList();
            if (its.Count > 0)
            {
                yield return Line(service.Id, WaitFigures.Of(its, rules));
            }
        }

        yield return Line("all", WaitFigures.Of(customers, rules));
    }

    private static string Line(string name, WaitFigures f) => string.Format(
        CultureInfo.InvariantCulture, Columns, name, f.Customers, (100 * f.Late).ToString("0.0", CultureInfo.InvariantCulture),
        Minutes(f.Mean), Minutes(f.P95), Minutes(f.Longest), (100 * f.Left).ToString("0.0", CultureInfo.InvariantCulture), f.Unserved);

    private static string Minutes(double minutes) => double.IsNaN(minutes) ? "–" : minutes.ToString("0.00", CultureInfo.InvariantCulture);
}
