using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>
/// What waiting was like, as the oracles count it: the waits of who was there when they were called, in minutes. Who had gone by then is counted as left and has no wait, for nobody
/// knows when they went. Who was never called waited without end, so they are late, and a figure that they would make endless is NaN: nobody waits shorter because others are not served.
/// </summary>
/// <param name="Customers">Who came.</param>
/// <param name="Called">Of them were called and there.</param>
/// <param name="Late">Waited longer than their target, or were not served; 0 … 1.</param>
/// <param name="Mean">Of those called; NaN when more than <see cref="MostUnserved"/> were not served.</param>
/// <param name="P95">NaN when it falls on somebody who was not served.</param>
/// <param name="Longest">As the mean.</param>
/// <param name="Left">Had gone when they were called, or went before; of those who came; 0 … 1.</param>
/// <param name="Unserved">Never called, or without a ticket.</param>
internal sealed record WaitFigures(
    int Customers, int Called, double Late, double Mean, double P95, double Longest, double Left, int Unserved)
{
    /// <summary>Of the customers. With more who were not served, the waits of the others say nothing about the branch.</summary>
    public const double MostUnserved = 0.01;

    public static WaitFigures Of(IReadOnlyCollection<Customer> customers, BranchRules rules)
    {
        var waits = new List<double>(customers.Count);
        int late = 0, left = 0, unserved = 0;
        foreach (var customer in customers)
        {
            left += customer.End is CustomerEnd.Absent or CustomerEnd.Left ? 1 : 0;
            unserved += customer.End is CustomerEnd.Refused or CustomerEnd.Unserved ? 1 : 0;
            if (IsThere(customer))
            {
                waits.Add(customer.WaitMs / 60_000.0);
                late += customer.WaitMs > TargetOf(rules, customer) ? 1 : 0;
            }
        }

        waits.Sort();
        var told = waits.Count > 0 && IsTold(unserved, customers.Count);
        return new(
            customers.Count, waits.Count, Share(late + unserved, waits.Count + unserved), told ? waits.Average() : double.NaN,
            waits.Count == 0 ? double.NaN : Quantile(waits, 0.95, unserved), told ? waits[^1] : double.NaN, Share(left, customers.Count), unserved);
    }

    /// <summary>Was called, and had not gone.</summary>
    public static bool IsThere(Customer customer) => customer.CalledAt >= 0 && customer.End != CustomerEnd.Absent;

    /// <summary>Whether the waits of those who were called speak for all.</summary>
    public static bool IsTold(double unserved, double customers) => unserved <= MostUnserved * customers;

    /// <summary>The same with so many more who waited without end; NaN when it is one of those.</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double share, int endless) =>
        endless == 0 ? Quantile(sorted, share)
        : share * (sorted.Count + endless - 1) > sorted.Count - 1 ? double.NaN
        : Quantile(sorted, sorted.Count < 2 ? 0 : share * (sorted.Count + endless - 1) / (sorted.Count - 1));

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
