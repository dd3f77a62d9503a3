using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>The index's choice and its explanation are those of comparing everybody, in thousands of random branches.</summary>
public sealed class ChoiceAgreesTests
{
    private static readonly string[] Services = ["cash", "pickup", "loans"];

    [Fact]
    public void Whom_the_engine_calls_and_whom_they_beat_are_those_of_comparing_everybody() => Agree(0, 300);

    [Fact]
    [Trait("Length", "Long")]
    public void So_they_are_in_two_thousand_further_branches() => Agree(300, 2_300);

    private static void Agree(int from, int to) => Parallel.For(from, to, seed =>
    {
        var (state, random, now) = Crowd(seed);
        for (var call = 0; call < 25; call++)
        {
            var counter = random.Next(1, 3).ToString(null, null);
            var service = random.Next(5) == 0 ? Services[random.Next(3)] : null;
            var command = new CallNext(counter, state.Counter(counter).Version, now, service);
            var decision = Decider.Decide(state, command);
            if (decision.Refusal?.Code is "notYourService" or "mayNotChooseService")
            {
                continue;
            }

            var expected = ObviousChoice.InOrder(state, counter, now, service);
            if (expected.Count == 0)
            {
                Assert.True(decision.Refusal == (service is null ? Refusal.NobodyWaiting : Refusal.NobodyWaitingFor(service)), $"Seed {seed}: {decision.Refusal}");
                continue;
            }

            var called = Assert.IsType<VisitCalled>(Assert.Single(decision.Events));
            Assert.True(
                expected.Take(4).SequenceEqual([called.Visit, .. called.Why.Beat.Select(b => b.Visit)]),
                $"Seed {seed}, call {call} at counter {counter} by {called.Why.Rule}, queue {service}: expected {string.Join(" ", expected.Take(4))}, was {called.Visit} before {string.Join(" ", called.Why.Beat.Select(b => b.Visit))}");
            Explains(state, called, now);
            Evolve.Apply(state, called);
            Evolve.Apply(state, random.Next(4) == 0
                ? new VisitRequeued(called.Visit, counter, false, state.Find(called.Visit)!.Place, now)
                : new VisitEnded(called.Visit, VisitEnd.Finished, null, now));
            now += TimeSpan.FromSeconds(random.Next(200));
        }
    });

    // What the explanation says of each is what stands in the branch.
    private static void Explains(BranchState state, VisitCalled called, Moment now)
    {
        var chosen = state.Find(called.Visit)!;
        Assert.Equal(
            (chosen.Place.Priority, Math.Max(0, now.Milliseconds - chosen.Place.Since.Milliseconds), chosen.Place.TargetMs, chosen.Place.MeanServiceMs),
            (called.Why.Priority, called.Why.WaitMs, called.Why.TargetMs, called.Why.MeanServiceMs));
        foreach (var beaten in called.Why.Beat)
        {
            var place = state.Find(beaten.Visit)!.Place;
            Assert.Equal(
                (place.Service, place.Priority, Math.Max(0, now.Milliseconds - place.Since.Milliseconds), place.TargetMs, place.MeanServiceMs),
                (beaten.Service, beaten.Priority, beaten.WaitMs, beaten.TargetMs, beaten.MeanServiceMs));
        }
    }

    private static (BranchState State, Random Random, Moment Now) Crowd(int seed)
    {
        var random = new Random(seed);
        var rule = (CallingRuleKind)(seed % 7);
        var state = new BranchState();
        Evolve.Apply(state, DayOne(TestRules.Branch with
        {
            WorkProfiles = new Dictionary<string, WorkProfileRules> { ["all"] = new(Services, rule) },
            Calling = seed % 3 == 0 ? null : new CallingSettings(
                new Dictionary<string, ProfileSettings>
                {
                    ["all"] = new(
                        random.Next(2) == 0 ? random.Next(1, 6) : null, new(random.Next(2, 5) * 10, random.Next(1, 4), random.Next(1, 4)),
                        random.Next(3) switch
                        {
                            0 => null,
                            1 => [new("loans", null)],
                            _ => [new("loans", random.Next(1, 5_000_000)), new("pickup", random.Next(2) == 0 ? null : 900_000)],
                        }),
                },
                new Dictionary<string, OperatorSettings>
                {
                    ["anna"] = new(
                        random.Next(2) == 0
                            ? null
                            : new Dictionary<string, Skill> { ["cash"] = (Skill)random.Next(2), ["pickup"] = Skill.Secondary },
                        random.Next(2) == 0 ? ["arabic"] : ["arabic", "woman"]),
                },
                null, ["arabic", "woman"], null),
        }));
        Evolve.Apply(state, [Opened("1"), Opened("2", "boris")]);
        var people = random.Next(1, 90);
        for (var visit = 1; visit <= people; visit++)
        {
            // Few different figures, so that ties are many; some are early, some wait far beyond any cap.
            var issued = Issued(
                visit, $"A{visit}", Services[random.Next(3)], random.Next(seed % 4 == 0 ? 30 : 9_000), priority: 10 * random.Next(1, 6),
                target: 60_000 * random.Next(1, 6));
            Evolve.Apply(state, issued);
            var place = state.Find(visit)!.Place;
            Event? elsewhere = random.Next(12) switch
            {
                0 => new WishesTold(visit, place with { Wants = "arabic" }, issued.At),
                1 => new WishesTold(visit, place with { Wants = "arabic woman" }, issued.At),
                2 => new WishesTold(visit, place with { BoundOperator = random.Next(2) == 0 ? "anna" : "boris", Returning = random.Next(3) == 0 }, issued.At),
                3 => new WishesTold(visit, place with { BoundCounter = random.Next(1, 4).ToString(null, null) }, issued.At),
                _ => null,
            };
            if (elsewhere is not null)
            {
                Evolve.Apply(state, elsewhere);
            }
        }

        return (state, random, At(seed % 5 == 0 ? 15 : 8_000));
    }
}
