using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Benchmarks.Core;

/// <summary>How visits come by their (priority, target) pair, one of 20.</summary>
internal enum Pairing
{
    /// <summary>Any visit may have any pair: up to 50 × 20 = 1,000 streams. The worst case.</summary>
    Every,

    /// <summary>The service has a pair, and one visit in five another by its segment: 100 streams. What branches configure.</summary>
    ByService,
}

/// <summary>A branch with 50 services, 20 (priority, target) pairs and 64 open counters that may call from all of them.</summary>
internal sealed class Hall
{
    private const int Services = 50;
    private const int Pairs = 20;
    private const int Counters = 64;

    private readonly BranchState _state = new();
    private readonly Random _random = new(1);
    private readonly CallNext[] _commands;
    private readonly Decision[] _decisions;
    private readonly Pairing _pairing;
    private long _visit;

    public Hall(int waiting, Pairing pairing)
    {
        _pairing = pairing;
        Evolve.Apply(_state, new RulesApplied(Rules(), default));
        Evolve.Apply(_state, new DayOpened(1, null, default));
        for (var i = 0; i < Counters; i++)
        {
            Evolve.Apply(_state, new CounterOpened(Id(i), "operator-" + Id(i), "all", null, default));
        }

        for (var i = 0; i < waiting; i++)
        {
            Come();
        }

        Batch = Math.Clamp(waiting / 20, 1, Counters);
        _commands = new CallNext[Batch];
        _decisions = new Decision[Batch];
    }

    /// <summary>How many calls, one at each counter, are timed together: reading the clock costs about as much as a call.</summary>
    public int Batch { get; }

    /// <summary>A new day lets go of who has left, as in a branch.</summary>
    public void OpenDay() => Evolve.Apply(_state, new DayOpened(_state.Day + 1, null, Now));

    /// <summary>Everybody called before leaves and as many come; then the operators look at their counters.</summary>
    public void Prepare()
    {
        for (var i = 0; i < Batch; i++)
        {
            if (_state.Counter(Id(i)).Visit is { } visit)
            {
                Evolve.Apply(_state, new VisitEnded(visit, VisitEnd.Finished, null, Now));
                Come();
            }
        }

        for (var i = 0; i < Batch; i++)
        {
            _commands[i] = new CallNext(Id(i), _state.Counter(Id(i)).Version, Now + TimeSpan.FromMilliseconds(i));
        }
    }

    /// <summary>Ticks of the batch when each call is decided, at a time of its own, and nothing changes.</summary>
    public long Decide()
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < _commands.Length; i++)
        {
            _decisions[i] = Decider.Decide(_state, _commands[i]);
        }

        return Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Ticks of the batch when each call is decided and applied.</summary>
    public long DecideAndApply()
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < _commands.Length; i++)
        {
            Evolve.Apply(_state, Decider.Decide(_state, _commands[i]).Events[0]);
        }

        return Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Ticks of so many Ticks for which nothing is due.</summary>
    public long Tick(int times)
    {
        var tick = new Tick(_state.Clock, Now);
        if (Decider.Decide(_state, tick).Events.Count > 0)
        {
            throw new Stage.BenchmarkException("Something is due at a tick for which nothing should be.");
        }

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            Decider.Decide(_state, tick);
        }

        return Stopwatch.GetTimestamp() - start;
    }

    private Moment Now => new(_visit * 100);

    private static string Id(int counter) => counter.ToString(CultureInfo.InvariantCulture);

    private void Come()
    {
        _visit++;
        var service = _random.Next(Services);
        var pair = _pairing == Pairing.Every ? _random.Next(Pairs)
            : _random.Next(5) > 0 ? service % Pairs
            : (service + 7) % Pairs;
        var at = new Moment(_visit * 100);
        Evolve.Apply(_state, new TicketIssued(
            _visit, Label(_visit), "A", (int)_visit, "s" + service, null, 1 + (pair * 5), 60_000 * (1 + pair),
            60_000 + (service * 5_000), "en", null, Label(_visit), null, at, false, true, at));
        Evolve.Apply(_state, new TicketPrintReported(_visit, PrintOutcome.Printed, false, at));
    }

    private static string Label(long visit) => "A" + visit.ToString(CultureInfo.InvariantCulture);

    private static BranchRules Rules()
    {
        var services = Enumerable.Range(0, Services).Select(i => "s" + i).ToList();
        return new(
            services.ToDictionary(s => s, _ => new ServiceRules("A", 3, 1, 9_999_999, 1, 0, 600_000, 50, 300_000, [])),
            new Dictionary<string, SegmentRules>(),
            new Dictionary<string, WorkProfileRules> { ["all"] = new(services, CallingRuleKind.Target) },
            Enumerable.Range(0, Counters).ToDictionary(Id, _ => new CounterRules("all", "hall")),
            new HashSet<string>(),
            new PolicyRules(1, 0, true, null, 0, 10, "en", int.MaxValue));
    }
}
