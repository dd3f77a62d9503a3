using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Queue;

/// <summary>What holds whatever people press: thousands of seeded days of random commands, each held against every law.</summary>
public sealed class RandomBranchTests
{
    private const int Sequences = 1_000;

    // Beyond those of every run.
    private const int SequencesOfTheLongRun = 100_000;

    private const int CommandsEach = 90;

    [Fact]
    public void Whatever_people_press_the_laws_of_the_branch_hold() => LiveAll(0, Sequences);

    [Fact]
    [Trait("Length", "Long")]
    public void Whatever_people_press_in_a_hundred_thousand_branches_the_laws_hold() =>
        LiveAll(Sequences, Sequences + SequencesOfTheLongRun);

    private static void LiveAll(int from, int to) =>
        Parallel.For(from, to, seed =>
        {
            try
            {
                Live(seed);
            }
            catch (Exception failure) when (failure is not SeedFailedException)
            {
                throw new SeedFailedException(seed, failure);
            }
        });

    private static void Live(int seed)
    {
        var branch = new RandomBranch(seed);
        var state = new BranchState();
        var journal = new List<Event>();
        var laws = new LawBook(state);
        var cut = new Random(seed);
        BranchSnapshot? snapshot = null;
        var snapshotAt = 0;

        Do(new ApplyRules(branch.Rules, branch.Now));
        for (var i = 0; i < CommandsEach; i++)
        {
            Do(branch.Next(state));
        }

        // All events again, and a snapshot from any point with the events after it, give the same branch, bit for bit.
        var digest = StateDigest.Of(state);
        var replayed = new BranchState();
        Evolve.Apply(replayed, journal);
        Assert.Equal(digest, StateDigest.Of(replayed));
        var restored = snapshot is null ? new BranchState() : BranchState.FromSnapshot(snapshot);
        Evolve.Apply(restored, journal.Skip(snapshotAt));
        Assert.Equal(digest, StateDigest.Of(restored));

        // And as the hub reads it at a start: from the journal's bytes, without the explanations of the calls.
        var read = new BranchState();
        Evolve.Apply(read, journal.Select(e => ReplayJson.Read(EventJson.TypeOf(e), EventJson.Write(e))));
        Assert.Equal(digest, StateDigest.Of(read));

        void Do(Command command)
        {
            var decision = Decider.Decide(state, command);
            Assert.True(decision.Accepted || decision.Events.Count == 0, "A refusal must not have events.");
            foreach (var e in decision.Events)
            {
                // Between any two events, also inside one decision.
                if (cut.Next(60) == 0)
                {
                    (snapshot, snapshotAt) = (state.ToSnapshot(), journal.Count);
                }

                laws.Watch(e);
                Evolve.Apply(state, e);
                journal.Add(e);
            }

            laws.Check(command);
        }
    }

    [Fact]
    public void The_random_branches_press_every_command_and_live_through_every_kind_of_event_and_most_refusals()
    {
        HashSet<Type> events = [];
        HashSet<Type> commands = [];
        HashSet<string> refusals = [];
        for (var seed = 0; seed < 400; seed++)
        {
            var branch = new RandomBranch(seed);
            var state = new BranchState();
            Evolve.Apply(state, Decider.Decide(state, new ApplyRules(branch.Rules, branch.Now)).Events);
            for (var i = 0; i < CommandsEach; i++)
            {
                var command = branch.Next(state);
                var decision = Decider.Decide(state, command);
                Evolve.Apply(state, decision.Events);
                commands.Add(command.GetType());
                events.UnionWith(decision.Events.Select(e => e.GetType()));
                refusals.Add(decision.Refusal?.Code ?? "none");
            }
        }

        var all = typeof(Event).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Event)));
        Assert.Empty(all.Except(events).Select(t => t.Name));
        Assert.Empty(typeof(Command).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Command))).Except(commands).Select(t => t.Name));
        Assert.True(refusals.Count >= 25, $"Only these refusals came up: {string.Join(", ", refusals.Order())}");
    }

    [Fact]
    public void Deciding_changes_nothing()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var branch = new RandomBranch(seed);
            var state = new BranchState();
            Evolve.Apply(state, Decider.Decide(state, new ApplyRules(branch.Rules, branch.Now)).Events);
            for (var i = 0; i < CommandsEach; i++)
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

    private sealed class SeedFailedException(int seed, Exception failure)
        : Exception($"Seed {seed}: {failure.Message}", failure);
}
