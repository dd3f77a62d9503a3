using System.Globalization;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Models;

/// <summary>The standard models of queueing theory.</summary>
internal enum ModelKind
{
    /// <summary>M/M/c, first come first served: Erlang C.</summary>
    Mmc,

    /// <summary>M/M/c with non-preemptive priorities: Cobham.</summary>
    MmcPriority,

    /// <summary>M/G/1: Pollaczek and Khinchine.</summary>
    Mg1,

    /// <summary>M/M/c+M, customers leave: Erlang A.</summary>
    ErlangA,

    /// <summary>M/M/c with accumulating priorities: Kleinrock.</summary>
    Apq,
}

/// <summary>One case. Times in any one unit, rates per that unit.</summary>
/// <param name="Arrivals">Rate of each class, the most important first.</param>
/// <param name="MeanPatience">Erlang A only.</param>
/// <param name="Rates">Accumulating priority only: at which each class's priority grows.</param>
/// <param name="Within">Waits whose share is told.</param>
internal sealed record QueueModel(
    ModelKind Kind, IReadOnlyList<double> Arrivals, ServiceLaw Service, int Servers, double MeanPatience = 0,
    IReadOnlyList<double>? Rates = null, IReadOnlyList<double>? Within = null)
{
    // The engine counts milliseconds; a mean service is a million of them, so rounding is far below chance.
    private const double Fine = 1_000_000;

    /// <summary>Milliseconds of the engine in one unit of the model.</summary>
    public double MsPerUnit => Fine / Service.Mean;

    public double Load => Arrivals.Sum() * Service.Mean / Servers;

    /// <summary>
    /// A replication with fewer customers says more of the empty branch it begins with than of the model: its first tenth, which is not
    /// measured, should be five times as long as the start is felt, 1 ÷ (cμ(1 − √ρ)²), longer for services that vary more. 0: leavers end it at once.
    /// </summary>
    public double LeastCustomers => Kind == ModelKind.ErlangA ? 0
        : 50 * Load / Math.Pow(1 - Math.Sqrt(Load), 2) * Math.Max(1, Service.Second / (Service.Mean * Service.Mean) / 2);

    public DurationLaw ServiceMs => Service.InMs(MsPerUnit);

    /// <summary>The model as rules of a branch: a service for each class, a counter for each server.</summary>
    public BranchRules Rules()
    {
        var services = Arrivals.Select((_, i) => (Name: ClassName(i), Rules: new ServiceRules(
            ((char)('A' + (i % 26))).ToString(), 7, 1, 9_999_999, 1, 0, TargetOf(i), Math.Max(1, 99 - i), (long)Fine, [])))
            .ToDictionary(s => s.Name, s => s.Rules);
        var rule = Kind switch
        {
            ModelKind.MmcPriority => CallingRuleKind.Strict,
            ModelKind.Apq => CallingRuleKind.Relative,
            _ => CallingRuleKind.Fifo,
        };
        return new(
            services,
            new Dictionary<string, SegmentRules>(),
            new Dictionary<string, WorkProfileRules> { ["all"] = new([.. services.Keys], rule) },
            Enumerable.Range(1, Servers).ToDictionary(ServerName, _ => new CounterRules("all", "hall")),
            Enumerable.Range(1, Servers).Select(i => "operator-" + i).ToHashSet(),
            new PolicyRules(1, 0, ClearAtClose: false, DayEndsMinute: 0, UnprintedMs: 0, 1, "en", int.MaxValue));
    }

    public IReadOnlyList<DeskPlan> Plans() =>
        [.. Enumerable.Range(1, Servers).Select(i => new DeskPlan(ServerName(i), "operator-" + i, "all", []))];

    public static string ClassName(int index) => "class-" + (index + 1).ToString(CultureInfo.InvariantCulture);

    private static string ServerName(int number) => number.ToString(CultureInfo.InvariantCulture);

    // A priority that grows by b is a wait divided by a target of 1/b.
    private long TargetOf(int index) =>
        Rates is { } rates ? Math.Max(1, (long)Math.Round(86_400_000.0 * rates.Min() / rates[index])) : 1_000_000;
}
