using System.Collections.Concurrent;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>
/// One random branch, lived through: cheap laws after every command, costly ones (replay from the journal's bytes, from a snapshot,
/// the choice against comparing everybody) at its end.
/// </summary>
internal sealed class RandomLife(int seed, StateCoverage coverage)
{
    private static readonly ConcurrentDictionary<BranchRules, BranchRules> ReadBack = new(ReferenceEqualityComparer.Instance);

    private readonly BranchState _state = new();
    private readonly List<Event> _journal = [];
    private readonly List<Command> _commands = [];
    private readonly Random _cut = new(seed);
    private BranchSnapshot? _snapshot;
    private int _snapshotAt;

    /// <exception cref="LifeFailedException">A law is broken, or the engine threw.</exception>
    public void Live(int commands)
    {
        try
        {
            var branch = new RandomBranch(seed);
            var laws = new LawBook(_state);

            // Some begin before anybody has configured the branch.
            for (var i = seed % 8 == 0 ? _cut.Next(1, 6) : 0; i > 0; i--)
            {
                Do(laws, branch.Next(_state));
            }

            Do(laws, new ApplyRules(branch.Rules, branch.Now));
            for (var i = 0; i < commands; i++)
            {
                Do(laws, branch.Next(_state));
            }

            AtTheEnd(branch.Now);
        }
        catch (Exception failure)
        {
            throw new LifeFailedException(seed, _commands, failure);
        }
    }

    private void Do(LawBook laws, Command command)
    {
        _commands.Add(command);
        var decision = Decider.Decide(_state, command);
        coverage.Watch(_state, command, decision);
        LawBook.Watch(decision);
        foreach (var e in decision.Events)
        {
            if (e is VisitCalled call)
            {
                CallLaws.Check(_state, call, command is Tick or CallNext { Service: null });
            }
        }

        for (var i = 0; i < decision.Events.Count; i++)
        {
            // Between any two events, also inside one decision.
            if (_cut.Next(40) == 0)
            {
                (_snapshot, _snapshotAt) = (_state.ToSnapshot(), _journal.Count);
            }

            var e = decision.Events[i];
            laws.Watch(e);
            var misfit = EventFit.FaultOf(_state, e);
            LawBook.Hold(misfit is null, $"A journal's examiner would not believe {e.GetType().Name}: {misfit}.");
            Evolve.Apply(_state, e);
            _journal.Add(e);
        }

        laws.Check(command);
    }

    private void AtTheEnd(Moment now)
    {
        // As the hub reads it at a start: from the journal's bytes, without the explanations of the calls. So whatever a command
        // changed that is not in its events (a refused one has none) shows here.
        var read = new BranchState();
        foreach (var e in _journal)
        {
            Evolve.Apply(read, Written(e));
        }

        var digest = StateDigest.Of(_state);
        LawBook.Hold(digest == StateDigest.Of(read), "The events, written and read again, give another branch.");

        // A snapshot from any point with the events after it, too.
        if (_snapshot is not null)
        {
            var restored = BranchState.FromSnapshot(_snapshot);
            for (var i = _snapshotAt; i < _journal.Count; i++)
            {
                Evolve.Apply(restored, _journal[i]);
            }

            LawBook.Hold(digest == StateDigest.Of(restored), "A snapshot and the events after it give another branch.");
        }

        // The indexes are in no digest: the one that lived on and the one that was read choose as comparing everybody does.
        foreach (var counter in _state.Counters)
        {
            CallLaws.Explains(_state, counter.Id, now);
            CallLaws.Explains(read, counter.Id, now);
        }
    }

    // A configuration is long: each is written and read once.
    private static Event Written(Event e) => e is RulesApplied applied
        ? applied with { Rules = ReadBack.GetOrAdd(applied.Rules, _ => ((RulesApplied)Read(applied)).Rules) }
        : Read(e);

    private static Event Read(Event e) => ReplayJson.Read(EventJson.TypeOf(e), EventJson.Write(e));
}

/// <summary>What to say of a life that failed: its seed, and how it came to that.</summary>
internal sealed class LifeFailedException(int seed, IReadOnlyList<Command> commands, Exception failure) : Exception(
    $"Seed {seed}, command {commands.Count}: {failure.Message}\n{string.Join('\n', commands.TakeLast(12).Select(c => c is ApplyRules ? "ApplyRules" : c.ToString()))}",
    failure);
