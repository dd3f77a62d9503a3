using System.Globalization;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Time;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal fork</c>: one commit that gives the new identity and steps over what may have been given.</summary>
internal static class JournalFork
{
    public static int Run(string path, string? seen, int? skip, TextWriter output)
    {
        using SqliteJournal journal = SqliteJournal.Open(path);
        LiveBranch live = LiveBranch.Load(journal);
        string old = journal.Identity.Id;
        IReadOnlyList<Ancestor> ancestors = Ancestor.All(journal.Meta.GetValueOrDefault(Ancestor.Name));
        if (Lost(seen, skip, old, live.Seq, ancestors, out string? fault) is not { } lost)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.Usage;
        }

        var time = new BranchTime(new LinuxClock(), TimeMark.Parse(journal.Meta.GetValueOrDefault(TimeMark.Name)), journal.Last().At);
        long from = live.Seq;
        string made = JournalFile.NewId();
        Decision decision = live.Execute(new ForkJournal(old, from, made, lost, time.Now()));
        if (decision.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal.Sentence);
            return ExitCode.Wrong;
        }

        live.Batch.Meta["journal"] = made;
        live.Batch.Meta["parent"] = old;
        live.Batch.Meta[Ancestor.Name] = string.Join(' ', ancestors.Append(new Ancestor(old, from, lost)));
        live.Commit();
        output.WriteLine($"journal {old} was forked after event {from}; it is journal {made} now");
        output.WriteLine($"{lost} numbers of every service, visits and leases are stepped over. Start the hub.");
        return ExitCode.Fine;
    }

    private static int? Lost(string? seen, int? skip, string old, long own, IReadOnlyList<Ancestor> ancestors, out string? fault)
    {
        fault = null;
        if (skip is >= 0)
        {
            return skip;
        }

        if (seen?.Split(':') is not [var journal, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out long seq))
        {
            fault = "Say what was seen: --seen JOURNAL:EVENT, as the hub's fault 'journalBehind' says it, or --skip N.";
            return null;
        }

        long? here = journal == old ? own : ancestors.FirstOrDefault(a => a.Journal == journal)?.Seq;
        if (here is null)
        {
            fault = $"{journal} is neither this journal ({old}) nor one that it was forked from. Check the id, or say --skip N.";
            return null;
        }

        return (int)Math.Clamp(seq - here.Value, 0, int.MaxValue);
    }
}
