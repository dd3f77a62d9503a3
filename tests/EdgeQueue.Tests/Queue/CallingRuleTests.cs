using System.Numerics;
using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using TestRules = EdgeQueue.Tests.Queue.Support.TestRules;

namespace EdgeQueue.Tests.Queue;

/// <summary>The choice and its explanation, held against a slow and obvious one in unlimited integers.</summary>
public sealed class CallingRuleTests
{
    private const int People = 80;

    public static TheoryData<CallingRuleKind> Rules() => [.. Enum.GetValues<CallingRuleKind>().Except([CallingRuleKind.Ratio])];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_choice_and_whom_it_beat_are_those_of_comparing_everybody(CallingRuleKind rule)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var rules = TestRules.Branch with
            {
                WorkProfiles = new Dictionary<string, WorkProfileRules> { ["all"] = new(["cash", "pickup", "loans"], rule) },
            };
            var scenario = GivenRules(rules, Opened("1"));

            // Few different figures, so that ties are many; some are early, some wait far beyond the cap.
            for (var visit = 1; visit <= People; visit++)
            {
                var issued = Issued(
                    visit, $"A{visit}", random.Next(3) switch { 0 => "cash", 1 => "pickup", _ => "loans" },
                    at: random.Next(seed % 3 == 0 ? 30 : 9_000), priority: 10 * random.Next(1, 5), target: 60_000 * random.Next(1, 6));
                Evolve.Apply(scenario.State, issued);
            }

            var now = seed % 4 == 0 ? 20 : 8_000.0;
            for (var call = 0; call < People; call++, now += random.Next(60))
            {
                var expected = InOrder(scenario.State, rule, At(now)).Take(4).ToList();
                scenario.When(Next(at: now)).ThenCalls(expected[0], why =>
                {
                    Assert.Equal(expected.Skip(1), why.Beat.Select(b => b.Visit));
                    Assert.Equal(People - call, why.Waiting);
                });
                scenario.When(Arrives(at: now)).ThenAccepted().When(Done(at: now)).ThenAccepted();
            }
        }
    }

    [Fact]
    public void Over_four_times_its_target_a_visit_goes_before_all_scores_and_the_reason_says_so() =>
        GivenRules(
                TestRules.Branch with { WorkProfiles = new Dictionary<string, WorkProfileRules> { ["all"] = new(["cash", "loans"], CallingRuleKind.Target) } },
                Opened("1"), Issued(1, service: "loans"), Issued(2, at: 4_000, priority: 99))
            .When(Next(at: 4_799)).ThenCalls(2, why => Assert.False(why.OverCap))
            .When(PutBack(at: 4_799)).ThenAccepted()
            .When(Next(at: 4_800)).ThenCalls(1, why => Assert.True(why.OverCap));

    [Fact]
    public void Somebody_early_is_called_only_when_nobody_else_waits_the_smallest_clock_first() =>
        Given(Opened("1"), Issued(1, at: 900), Issued(2, at: 600), Issued(3, at: 10))
            .When(Next(at: 10)).ThenCalls(3, why => Assert.Empty(why.Beat)).When(PutBack(toEnd: true, at: 11)).ThenAccepted()
            .When(new CancelVisit(3, "left", At(12))).ThenAccepted()
            .When(Next(at: 13)).ThenCalls(2, why => Assert.Equal(0, why.WaitMs));

    // The definitions of branch.json, word by word.
    private static IEnumerable<long> InOrder(BranchState state, CallingRuleKind rule, Moment now)
    {
        var waiting = state.Visits.Where(v => v.Phase == VisitPhase.Waiting).ToList();
        var due = waiting.Where(v => v.Place.Since <= now).ToList();
        return due.Count == 0
            ? waiting.OrderBy(v => v.Place.Since).ThenBy(v => v.Number).Select(v => v.Number)
            : due.Order(Comparer<Visit>.Create((a, b) =>
            {
                var score = Score(rule, b, a, now) - Score(rule, a, b, now);
                return score != 0 ? score.Sign
                    : a.Place.Since != b.Place.Since ? a.Place.Since.CompareTo(b.Place.Since)
                    : a.Number.CompareTo(b.Number);
            })).Select(v => v.Number);
    }

    // a's score times the denominators of both, so that it can be compared with b's.
    private static BigInteger Score(CallingRuleKind rule, Visit a, Visit b, Moment now)
    {
        BigInteger wait = now.Milliseconds - a.Place.Since.Milliseconds;
        BigInteger target = a.Place.TargetMs, otherTarget = b.Place.TargetMs;
        var above = BigInteger.Pow(10, 80);
        return rule switch
        {
            CallingRuleKind.Fifo => wait,
            CallingRuleKind.Strict => a.Place.Priority,
            CallingRuleKind.Relative => wait * otherTarget,
            CallingRuleKind.DueDate => wait - target,
            CallingRuleKind.DueDatePriority => target - wait <= 120_000 ? above + a.Place.Priority : wait - target,
            _ => wait >= 4 * target
                ? above + (wait * otherTarget)
                : a.Place.Priority * wait * otherTarget * otherTarget * b.Place.MeanServiceMs,
        };
    }
}
