using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>
/// What waiting was like. Waits are counted of everybody who was called, also of who had left by then; minutes.
/// </summary>
/// <param name="Customers">Who came.</param>
/// <param name="Called">Of them were called.</param>
/// <param name="Late">Waited longer than their target, of those called; 0 … 1.</param>
/// <param name="Left">Had gone when they were called, or went before; of those who came; 0 … 1.</param>
/// <param name="Unserved">Never called, or without a ticket.</param>
internal sealed record WaitFigures(
    int Customers, int Called, double Late, double Mean, double P95, double Longest, double Left, int Unserved)
{
    public static WaitFigures Of(IReadOnlyCollection<Customer> customers, BranchRules rules)
    {
        var waits = new List<double>(customers.Count);
        int late = 0, left = 0, unserved = 0;
        foreach (var customer in customers)
        {
            left += customer.End is CustomerEnd.Absent or CustomerEnd.Left ? 1 : 0;
            unserved += customer.End is CustomerEnd.Refused or CustomerEnd.Unserved ? 1 : 0;
            if (customer.CalledAt >= 0)
            {
                waits.Add(customer.WaitMs / 60_000.0);
                late += customer.WaitMs > TargetOf(rules, customer) ? 1 : 0;
            }
        }

        waits.Sort();
        return new(
            customers.Count, waits.Count, Share(late, waits.Count), waits.Count == 0 ? 0 : waits.Average(), Quantile(waits, 0.95),
            waits.Count == 0 ? 0 : waits[^1], Share(left, customers.Count), unserved);
    }

    /// <summary>Between the two nearest values, as most tables are made.</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0)
        {
            return 0;
        }

        var position = share * (sorted.Count - 1);
        var low = (int)position;
        return low + 1 < sorted.Count ? sorted[low] + ((position - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    public static long TargetOf(BranchRules rules, Customer customer) =>
        (customer.Segment is { } segment ? rules.Segments[segment].TargetMs : null) ?? rules.Services[customer.Service].TargetMs;

    private static double Share(int some, int all) => all == 0 ? 0 : (double)some / all;
}
