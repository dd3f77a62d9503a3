using System.Numerics;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>
/// What buffers do to each rule's promise, held in overloaded random days with two buffers (one automatic), visits bound to a
/// counter or an operator, wishes, skills and queues that people choose: the statements of the README of Core/Queue.
/// </summary>
public sealed class BufferPromiseTests
{
    private const int Days = 10;

    private static readonly string[] Services = ["cash", "pickup", "loans"];

    public static TheoryData<CallingRuleKind, int?> Promising() => new(
        [
            (CallingRuleKind.Fifo, (int?)null), (CallingRuleKind.Relative, null), (CallingRuleKind.DueDate, null), (CallingRuleKind.Target, null),
            .. Enum.GetValues<CallingRuleKind>().Select(rule => (rule, (int?)3)),
        ]);

    [Theory]
    [MemberData(nameof(Promising))]
    public void Wherever_people_sit_the_rules_promise_holds_for_whoever_the_counter_could_call(CallingRuleKind rule, int? cap)
    {
        var fromBuffers = 0;
        for (var seed = 0; seed < Days; seed++)
        {
            fromBuffers += Live(seed, rule, cap, (state, counter, called, now) =>
                state.Visits.FirstOrDefault(v => v.Phase == VisitPhase.Waiting && v.Number != called.Number && v.Place.Since <= now
                    && CouldCall(state, counter, v) && Wronged(rule, cap, called, v, now)));
        }

        Assert.True(fromBuffers >= 10 * Days, $"Only {fromBuffers} were called from a buffer.");
    }

    [Theory]
    [InlineData(CallingRuleKind.Strict)]
    [InlineData(CallingRuleKind.DueDatePriority)]
    [InlineData(CallingRuleKind.Ratio)]
    public void A_rule_without_a_promise_takes_those_called_ahead_in_their_order(CallingRuleKind rule)
    {
        for (var seed = 0; seed < Days; seed++)
        {
            Live(seed, rule, null, (state, counter, called, now) => BufferName.Of(called.Place) is null
                ? null
                : state.CalledAhead.Select(a => a.Visit).TakeWhile(v => v.Number != called.Number).FirstOrDefault(v => CouldCall(state, counter, v)));
        }
    }

    /// <returns>How many were called from a buffer.</returns>
    private static int Live(int seed, CallingRuleKind rule, int? cap, Func<BranchState, Counter, Visit, Moment, Visit?> wrongedBy)
    {
        var random = new Random(seed);
        var state = new BranchState();
        Evolve.Apply(state, DayOne(Rules(rule, cap)));
        Evolve.Apply(state, [Opened("1"), Opened("2", "boris")]);
        long visit = 0;
        var fromBuffers = 0;
        for (var second = 0; second < 3_600; second += random.Next(60))
        {
            var now = At(second);
            for (var come = random.Next(4); come > 0; come--)
            {
                Evolve.Apply(state, [
                    Issued(++visit, $"A{visit}", Services[random.Next(3)], second, priority: random.Next(1, 100), target: 30_000L * random.Next(1, 20)),
                    Printed(visit)]);
                var place = state.Find(visit)!.Place;
                var told = random.Next(10) switch
                {
                    0 => place with { Wants = "arabic" },
                    1 => place with { BoundOperator = random.Next(2) == 0 ? "anna" : "boris" },
                    2 => place with { BoundCounter = random.Next(1, 3).ToString(null, null) },
                    _ => place,
                };
                Evolve.Apply(state, new WishesTold(visit, told, now));
            }

            Evolve.Apply(state, Decider.Decide(state, new Tick(WallClock, now)).Events);
            if (random.Next(3) == 0)
            {
                Evolve.Apply(state, Decider.Decide(state, new Precall("1", "side", random.Next(1, 5), now)).Events);
            }

            var id = random.Next(1, 3).ToString(null, null);
            var (counter, service) = (state.Counter(id), random.Next(5) == 0 ? Services[random.Next(3)] : null);
            if (Decider.Decide(state, new CallNext(id, counter.Version, now, service)) is { Accepted: true } decision)
            {
                var called = state.Find(((VisitCalled)decision.Events[0]).Visit)!;
                var wronged = service is null ? wrongedBy(state, counter, called, now) : null;
                Assert.True(wronged is null, $"Seed {seed} at {second} s: {called.Place} at counter {id} went before {wronged?.Place}.");
                fromBuffers += BufferName.Of(called.Place) is null ? 0 : 1;
                Evolve.Apply(state, decision.Events);
                Evolve.Apply(state, new VisitEnded(called.Number, VisitEnd.Finished, null, now));
            }
        }

        return fromBuffers;
    }

    // By the words of the README and without an index: bound to nobody else, with the skill, and what they want is there.
    private static bool CouldCall(BranchState state, Counter counter, Visit visit)
    {
        var person = state.Rules!.Calling!.People!.GetValueOrDefault(counter.Operator!) ?? new OperatorSettings();
        var place = visit.Place;
        return place.BoundOperator is { } wanted ? wanted == counter.Operator
            : place.BoundCounter is { } bound && BufferName.Of(place) is null ? bound == counter.Id
            : person.Skills?.ContainsKey(place.Service) != false && (place.Wants is null || person.Attributes?.Contains(place.Wants) == true);
    }

    private static bool Wronged(CallingRuleKind rule, int? cap, Visit called, Visit other, Moment now)
    {
        var targets = cap ?? (rule == CallingRuleKind.Target ? 4 : int.MaxValue);
        bool overCalled = Wait(called, now) >= (BigInteger)targets * called.Place.TargetMs, overOther = Wait(other, now) >= (BigInteger)targets * other.Place.TargetMs;
        var smaller = Wait(called, now) * other.Place.TargetMs < Wait(other, now) * called.Place.TargetMs;
        return overOther ? smaller : !overCalled && rule switch
        {
            CallingRuleKind.Fifo => called.Place.Since > other.Place.Since,
            CallingRuleKind.Relative => smaller,
            CallingRuleKind.DueDate => Wait(called, now) - called.Place.TargetMs < Wait(other, now) - other.Place.TargetMs,
            _ => false,
        };
    }

    private static BigInteger Wait(Visit visit, Moment now) => now.Milliseconds - visit.Place.Since.Milliseconds;

    private static BranchRules Rules(CallingRuleKind rule, int? cap) => TestRules.Branch with
    {
        WorkProfiles = new Dictionary<string, WorkProfileRules> { ["all"] = new(Services, rule), ["few"] = new(["cash", "loans"], CallingRuleKind.Strict) },
        Calling = new CallingSettings(
            new Dictionary<string, ProfileSettings> { ["all"] = new(cap, new RatioSettings(51, 2, 1)) },
            new Dictionary<string, OperatorSettings>
            {
                ["anna"] = new(null, ["arabic"]),
                ["boris"] = new(new Dictionary<string, Skill> { ["cash"] = Skill.Primary, ["pickup"] = Skill.Primary }),
            },
            null, ["arabic"]),
        Visits = VisitRules.None with
        {
            Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, true), ["side"] = new("few", "hall", 2, false) },
        },
    };
}
