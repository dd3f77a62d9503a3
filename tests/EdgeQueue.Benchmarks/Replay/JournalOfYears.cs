using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Benchmarks.Replay;

/// <summary>
/// Writes a journal as the hub would have: decided by the decider, written by the journal's own writer, a thousand visits a
/// day at ten counters, each called, served and finished.
/// </summary>
internal sealed class JournalOfYears(SqliteJournal journal, BranchRules rules)
{
    private const int VisitsADay = 1000;
    private const int Counters = 10;
    private const int EventsACommit = 2000;

    private readonly BranchState state = new();
    private JournalBatch batch = new();
    private long seq;
    private long at = 1;

    /// <summary>At least so many events, ending with a whole visit.</summary>
    public long Write(int events)
    {
        Do(new ApplyRules(rules, default));
        for (var visit = 0; seq < events; visit++)
        {
            if (visit % VisitsADay == 0)
            {
                Open(newDay: visit > 0);
            }

            var counter = BenchBranch.Counter((visit % Counters) + 1);
            Do(new IssueTicket(Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), BenchBranch.Service, null, null, null, default));
            Do(new CallNext(counter, state.Counter(counter).Version, default));
            Do(new Arrive(counter, state.Counter(counter).Version, default));
            Do(new Finish(counter, state.Counter(counter).Version, [], null, [], default));
        }

        Commit();
        return seq;
    }

    private void Open(bool newDay)
    {
        if (newDay)
        {
            Do(new CloseDay(default));
        }

        for (var n = 1; n <= Counters; n++)
        {
            Do(new OpenCounter(BenchBranch.Counter(n), BenchBranch.Operator(n), null, false, default));
        }
    }

    private void Do(Command command)
    {
        at += 500;
        var decision = Decider.Decide(state, command with { At = new Moment(at) });
        if (decision.Refusal is { } refusal)
        {
            throw new BenchmarkException($"{command.GetType().Name} was refused: {refusal.Sentence}");
        }

        foreach (var happened in decision.Events)
        {
            Evolve.Apply(state, happened);
            batch.Events.Add(JournalRow.Of(++seq, happened, null));
        }

        if (batch.Events.Count >= EventsACommit)
        {
            Commit();
        }
    }

    private void Commit()
    {
        journal.Commit(batch);
        batch = new JournalBatch();
    }
}
