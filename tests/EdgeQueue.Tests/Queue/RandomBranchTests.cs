using System.Globalization;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Queue;

/// <summary>What holds whatever people press: seeded lives of random commands, each held against every law.</summary>
public sealed class RandomBranchTests(ITestOutputHelper output)
{
    private const int Sequences = 100_000;

    // Beyond those of every run.
    private const int SequencesOfTheLongRun = 500_000;

    [Fact]
    public void Whatever_people_press_in_a_hundred_thousand_branches_the_laws_hold_and_every_command_meets_every_state()
    {
        var coverage = LiveAll(0, Sequences);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{coverage.Commands} commands"));
        output.WriteLine(coverage.Table());
        Assert.Empty(coverage.Missing());
        Assert.True(coverage.Refusals >= 40, "Hardly any refusal came up.");
        foreach (var drawn in (string[])
        [
            "call by fifo", "call by strict", "call by rel", "call by edd", "call by edd_prio", "call by target", "call by ratio", "call by precalled",
            "call by returning", "call by booked", "call by chosen", "call by live", "call over the cap", "call as help", "call with a turn",
            "call by the clock", "call ahead with a turn", "call ahead heard later", "call ahead by the clock", "call ahead by a press",
            "refusal keptForBooking", "refusal quotaReached", "refusal hallFull", "refusal groupTooLarge", "refusal hasTicket", "refusal personLimit",
            "refusal closingSoon",
        ])
        {
            Assert.True(coverage.Of(drawn) >= 10, $"Only {coverage.Of(drawn)} times: {drawn}.");
        }
    }

    [Fact]
    [Trait("Length", "Long")]
    public void Whatever_people_press_in_half_a_million_further_branches_the_laws_hold() =>
        LiveAll(Sequences, Sequences + SequencesOfTheLongRun);

    [Fact]
    public void Deciding_changes_nothing()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var branch = new RandomBranch(seed);
            var state = new BranchState();
            Evolve.Apply(state, Decider.Decide(state, new ApplyRules(branch.Rules, branch.Now)).Events);
            for (var i = 0; i < 90; i++)
            {
                var command = branch.Next(state);
                var before = StateDigest.Of(state);
                var first = Decider.Decide(state, command);
                Assert.Equal(before, StateDigest.Of(state));
                Assert.Equal(EventText.Of(first.Events), EventText.Of(Decider.Decide(state, command).Events));
                Evolve.Apply(state, first.Events);
            }
        }
    }

    // Most lives are short, as faults show early; one in a hundred goes on for days.
    private static int LengthOf(int seed) => seed % 100 == 99 ? 400 : 10 + (int)((uint)seed * 2_654_435_761u >> 16) % 51;

    private static StateCoverage LiveAll(int from, int to)
    {
        var all = new StateCoverage();
        Parallel.For(from, to, () => new StateCoverage(), (seed, _, coverage) =>
        {
            new RandomLife(seed, coverage).Live(LengthOf(seed));
            return coverage;
        }, coverage =>
        {
            lock (all)
            {
                all.Add(coverage);
            }
        });
        return all;
    }
}
