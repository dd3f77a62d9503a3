using System.Collections.Concurrent;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>
/// A branch whose people press anything at any time: commands that fit, commands that do not, stale ones, ones with names that
/// do not exist. Everything comes from the seed, so a failure is repeated by its number.
/// </summary>
internal sealed partial class RandomBranch(int seed)
{
    private static readonly string[] Services = ["cash", "pickup", "loans", "nosuch"];
    private static readonly string[] Counters = ["1", "2", "3", "9"];
    private static readonly string[] Operators = ["anna", "boris", "clara", "nobody"];
    private static readonly string?[] Segments = [null, null, null, "premium", "disabled", "nosuch"];
    private static readonly string?[] Profiles = [null, null, "all", "cash", "loans", "nosuch"];
    private static readonly string[] Stores = ["store-1", "store-2"];

    // So many different configurations: all combinations of what they vary by a seed's remainders, and some by its random numbers.
    private const int Kinds = 5_040;

    private static readonly ConcurrentDictionary<int, BranchRules> Configurations = new();

    private readonly Random _random = new(seed);
    private long _press;
    private int _made;

    public Moment Now { get; private set; } = Say.Opening;

    public BranchRules Rules { get; } = RulesOf(seed);

    public Command Next(BranchState state)
    {
        _made++;
        Now += TimeSpan.FromMilliseconds(_random.Next(20) == 0 ? _random.Next(3_600_000) : _random.Next(20_000));
        var counter = state.Counter(Counters[_random.Next(12) switch { < 5 => 0, < 9 => 1, < 11 => 2, _ => 3 }]);

        // Mostly somebody who looks before pressing.
        var seen = _random.Next(15) == 0 ? counter.Version - 1 : counter.Version;
        var visit = _random.NextInt64(Math.Max(1, state.LastVisit - 12), state.LastVisit + 2);
        if (_random.Next(4) == 0 && state.CalledAhead.Select(a => a.Visit.Number).FirstOrDefault() is var ahead and > 0)
        {
            visit = ahead;
        }

        var label = state.Find(visit)?.Label ?? "A777";
        if (state.Rules is not null && _made < 12 && seed % 4 > 0)
        {
            return Morning(counter);
        }

        if (state.Evacuating && _random.Next(4) == 0)
        {
            return new Evacuate(false, Now);
        }

        if (state.Rules is not null && _random.Next(3) == 0)
        {
            return Fitting(state, counter);
        }

        return _random.Next(64) switch
        {
            < 9 => Wishing(new IssueTicket(Press(), Pick(Services), Pick(Segments), null, null, Now)),
            < 12 => Offline(state),
            < 13 => new LeaseNumbers("dispenser-1", "main", Pick(Stores), new Dictionary<string, int> { ["cash"] = _random.Next(4) }, Now),
            < 16 => new ReportPrint(visit, (PrintOutcome)_random.Next(3), _random.Next(6) == 0, Now),
            < 23 => new CallNext(counter.Id, seen, Now, _random.Next(6) == 0 ? Pick(Services) : null),
            < 24 => new CallTicket(counter.Id, seen, _random.Next(4) == 0 ? OfLease(state) ?? label : label, Now),
            < 26 => new Recall(counter.Id, seen, Now),
            < 29 => new Arrive(counter.Id, seen, Now),
            < 31 => new Finish(counter.Id, seen, ["x"], "done", ["vip"], Now),
            < 32 => new NoShow(counter.Id, seen, Now),
            < 33 => new Requeue(counter.Id, seen, _random.Next(2) == 0, Now),
            < 34 => new Reinstate(counter.Id, seen, Now),
            < 35 => new Park(counter.Id, seen, Pick<int?>([null, 1, 5, 0]), Now),
            < 36 => new Resume(counter.Id, label, Now),
            < 38 => Transferred(counter.Id, seen),
            < 42 => new OpenCounter(counter.Id, Pick(Operators), Pick(Profiles), _random.Next(3) == 0, Now),
            < 45 => Rarely(visit, counter.Id, seen, label, state),
            < 47 => new Tick(Say.WallClock, Now),
            < 48 => _random.Next(3) switch { 0 => new Postpone(visit, Now), 1 => Redirected(visit), _ => new CancelVisit(visit, "left", Now) },
            _ => OfVisits(counter.Id, seen, visit, state),
        };
    }

    private static BranchRules RulesOf(int seed) => Configurations.GetOrAdd(seed % Kinds, kind => TestRules.With(p => p with
    {
        ClearAtClose = kind % 2 == 0, NoShowCalls = 1 + (kind % 3), LeaseBlock = 4, DayEndsMinute = kind % 5 == 0 ? null : 20 * 60,
    }) with
    {
        Services = TestRules.Branch.Services.ToDictionary(
            s => s.Key, s => kind % 6 == 5 && s.Key == "cash" ? s.Value with { Hours = [new OpeningHours(Enum.GetValues<DayOfWeek>(), 480, 660)] } : s.Value),
        WorkProfiles = TestRules.Branch.WorkProfiles.ToDictionary(
            p => p.Key, p => p.Value with { Rule = (CallingRuleKind)(kind % 7) }),
        Visits = VisitRulesOf(kind),
        Calling = CallingOf(kind),
    });

    // Most days begin with operators who come and customers who wait: else a short life is a row of refusals.
    private Command Morning(Counter counter) => _random.Next(3) switch
    {
        0 => _random.Next(3) is var post && _random.Next(4) > 0
            ? new OpenCounter(Counters[post], Operators[post], null, false, Now)
            : new OpenCounter(counter.Id, Pick(Operators), Pick(Profiles), false, Now),
        1 => Wishing(new IssueTicket(Press(), Pick(Services), Pick(Segments), null, null, Now)),
        _ => new CallNext(counter.Id, counter.Version, Now),
    };

    // What an operator does who wants to get on: else few of those who are called are ever served.
    private Command Fitting(BranchState state, Counter counter) => (counter.Phase, state.VisitAt(counter)?.Phase) switch
    {
        (CounterPhase.Closed, _) => Morning(counter),
        (CounterPhase.Paused, _) => new OpenCounter(counter.Id, counter.Operator!, null, false, Now),
        (_, VisitPhase.Called) => _random.Next(8) switch
        {
            0 => new NoShow(counter.Id, counter.Version, Now),
            1 => new Recall(counter.Id, counter.Version, Now),
            _ => new Arrive(counter.Id, counter.Version, Now),
        },
        (_, VisitPhase.Serving) => _random.Next(4) switch
        {
            0 => Transferred(counter.Id, counter.Version),
            1 => new Finish(counter.Id, counter.Version, [], null, [], Now),
            _ => new CallNext(counter.Id, counter.Version, Now),
        },
        _ => _random.Next(8) switch
        {
            0 => new Tick(state.Clock, Now),
            1 => CheckingIn(state),
            _ => new CallNext(counter.Id, counter.Version, Now),
        },
    };

    private Command Rarely(long visit, string counter, long seen, string label, BranchState state) => _random.Next(14) switch
    {
        0 => new ChangeService(visit, Pick(Services), Now),
        1 => new SetPriority(visit, _random.Next(-1, 101), Now),
        11 => new ChangeService(0, Pick(Services), Now, counter, _random.Next(2) == 0 ? label : null, seen),
        12 => new SetPriority(0, _random.Next(-1, 101), Now, counter, _random.Next(2) == 0 ? label : null, seen),
        13 => new GiveBack(counter, seen, Now),
        2 => new PauseCounter(counter, seen, "lunch", Now),
        3 => new CloseCounter(counter, seen, Now),
        4 => new CloseDay(Now),
        5 => new Evacuate(true, Now),
        6 => new Tick(new BranchClock(_random.Next(-4_000_000, 4_000_000), 60 * _random.Next(3), _random.Next(4) > 0), Now),
        7 => new RevokeLease(state.Leases.FirstOrDefault()?.Id ?? label, Now),
        8 => new ForkJournal(
            "j1", 1, "j2", _random.Next(4), Now, _random.Next(2) == 0 ? [new PrefixLast("A", _random.Next(100))] : null, AcceptExhaustion: true),
        9 => new ReprintTicket(visit, "dispenser-1", "main", Now, _random.Next(3) == 0 ? label : null),
        _ => new ApplyRules(_random.Next(2) == 0 ? Rules : RulesOf(_random.Next(Kinds)), Now),
    };

    // A paper that somebody may hold of a store that is gone.
    private string? OfLease(BranchState state) =>
        state.Leases.ToList() is { Count: > 0 } leases && leases[_random.Next(leases.Count)] is var lease ? lease.Label(_random.Next(lease.First, lease.Last + 2)) : null;

    private JoinOffline Offline(BranchState state)
    {
        var leases = state.Leases.ToList();
        var lease = leases.Count == 0 ? null : leases[_random.Next(leases.Count)];
        var number = lease is null ? 900 : _random.Next(lease.First, lease.Last + 2);

        // Sometimes the press that the hub had answered after all, or one that was reported before.
        var press = _random.Next(3) == 0 ? "press-" + _random.NextInt64(Math.Max(0, _press - 6), _press + 1) : Press();
        return new(
            press, lease?.Store ?? "store-1", lease?.Service ?? Pick(Services), Pick(Segments), null, number,
            Now + TimeSpan.FromSeconds(_random.Next(-600, 60)), state.Day - (_random.Next(6) == 0 ? 1 : 0), _random.Next(4) == 0, Now,
            Details: _random.Next(3) > 0 ? null : new TicketDetails(
                _random.Next(2) == 0 ? null : ["veteran"], _random.Next(2) == 0 ? null : _random.Next(0, 6), null,
                _random.Next(2) == 0 ? null : [new JourneyStep(Pick(Services))], _random.Next(2) == 0, null, null));
    }

    private Transfer Transferred(string counter, long seen) => _random.Next(4) switch
    {
        0 => new(counter, seen, Pick(Services), null, null, _random.Next(3) > 0, Now),
        1 => new(counter, seen, null, Pick(Counters), null, _random.Next(2) == 0, Now),
        2 => new(counter, seen, null, null, Pick(Operators), _random.Next(2) == 0, Now),
        _ => new(counter, seen, Pick(Services), Pick(Counters), null, false, Now),
    };

    private Redirect Redirected(long visit) => _random.Next(5) switch
    {
        0 => new(visit, Pick(Services), null, null, null, Now),
        1 => new(visit, null, Pick(Counters), null, Pick<int?>([null, 3]), Now),
        2 or 3 => new(visit, null, null, Pick(Operators), Pick<int?>([null, 2, 0]), Now),
        _ => new(visit, null, null, null, Pick<int?>([null, 5]), Now),
    };

    private string Press() => "press-" + ++_press;

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
