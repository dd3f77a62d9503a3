using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>One simulated day, as little as the tables need: per service, the waits of who was called and there.</summary>
internal sealed class DayFigures
{
    private readonly ServiceDay[] _services;

    public DayFigures(IReadOnlyList<Customer> customers, BranchRules rules, IReadOnlyList<string> services)
    {
        _services = [.. services.Select(service => new ServiceDay(customers.Where(c => c.Service == service).ToList(), rules))];
        foreach (var refused in customers.Where(c => c.Refusal is not null).GroupBy(c => c.Refusal!))
        {
            (Refused ??= []).Add(refused.Key, refused.Count());
        }
    }

    /// <summary>Who got no ticket, by what they were told; null: everybody got one.</summary>
    public Dictionary<string, int>? Refused { get; }

    public ServiceDay Of(int service) => _services[service];

    public IEnumerable<ServiceDay> All => _services;
}

/// <summary>Counts and waits of one service on one day.</summary>
internal sealed class ServiceDay
{
    public ServiceDay(List<Customer> customers, BranchRules rules)
    {
        Customers = customers.Count;
        Left = customers.Count(c => c.End is CustomerEnd.Absent or CustomerEnd.Left);
        Unserved = customers.Count(c => c.End is CustomerEnd.Unserved or CustomerEnd.Refused);
        var called = customers.Where(WaitFigures.IsThere).ToList();
        Late = called.Count(c => c.WaitMs > WaitFigures.TargetOf(rules, c));
        Waits = [.. called.Select(c => (float)(c.WaitMs / 60_000.0))];
    }

    public int Customers { get; }

    public int Left { get; }

    public int Unserved { get; }

    public int Late { get; }

    /// <summary>Minutes.</summary>
    public float[] Waits { get; }
}
