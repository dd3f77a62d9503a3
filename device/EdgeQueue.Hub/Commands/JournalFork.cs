using System.Globalization;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Time;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal fork</c>: one commit that gives the new identity and steps over what may have been given.</summary>
internal static class JournalFork
{
    /// <param name="branch">Whose journal it is from now on; null: whose it was.</param>
    public static int Run(string path, ForkWords words, TextWriter output, string? branch = null)
    {
        if (words.Labels(out string? wrong) is not { } last)
        {
            Console.Error.WriteLine(wrong);
            return ExitCode.Usage;
        }

        if (!IsSound(path))
        {
            return ExitCode.Journal;
        }

        using SqliteJournal journal = SqliteJournal.Open(path);
        LiveBranch live = LiveBranch.Load(journal);
        string old = journal.Identity.Id;
        IReadOnlyList<Ancestor> ancestors = Ancestor.All(journal.Meta.GetValueOrDefault(Ancestor.Name));
        if (Lost(words, old, live.Seq, ancestors, out string? fault) is not { } lost)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.Usage;
        }

        var time = new BranchTime(new LinuxClock(), TimeMark.Parse(journal.Meta.GetValueOrDefault(TimeMark.Name)), journal.Last().At);
        long from = live.Seq;
        string made = JournalFile.NewId();
        Decision decision = live.Execute(new ForkJournal(old, from, made, lost, time.Now(), last, words.AcceptExhaustion), EventSource.Technician);
        if (decision.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal.Code == Refusal.ForkExhausts([]).Code ? Unnamed(words, last, live) ?? refusal.Sentence : refusal.Sentence);
            return ExitCode.Wrong;
        }

        if (words.DryRun)
        {
            output.WriteLine("Nothing was changed. The fork would leave:");
            SayLeft(live, output);
            return ExitCode.Fine;
        }

        if (branch is not null)
        {
            live.Batch.Meta["branch"] = branch;
        }

        live.Batch.Meta["journal"] = made;
        live.Batch.Meta["parent"] = old;
        live.Batch.Meta[Ancestor.Name] = string.Join(' ', ancestors.Append(new Ancestor(old, from, lost)));
        live.Commit();
        output.WriteLine($"journal {old} was forked after event {from}; it is journal {made} now");
        output.WriteLine($"{lost} visits and leases are stepped over, and as many numbers of each prefix that --last did not name. What is left:");
        SayLeft(live, output);
        output.WriteLine("Start the hub.");
        return ExitCode.Fine;
    }

    /// <summary>What is wrong with a damaged journal is said, and it is left as it is: a fork would stand on what may not be true.</summary>
    private static bool IsSound(string path)
    {
        using JournalReader reader = JournalReader.Open(path);
        var said = new StringWriter();
        bool sound = JournalVerify.IsSound(reader, said);
        if (!sound)
        {
            Console.Error.Write(said);
            Console.Error.WriteLine(
                $"This journal is damaged, and was not forked. Save what can be read with 'edgequeue journal repair {path} --to {path}.repaired', then fork the new file.");
        }

        return sound;
    }

    /// <summary>Labels were said instead of a number of events, but not of every prefix; null: that is not what is wrong.</summary>
    private static string? Unnamed(ForkWords words, IReadOnlyList<PrefixLast> last, LiveBranch live)
    {
        string[] unnamed = [.. OrdinaryNumbers.Of(live.State).Select(n => n.Prefix).Where(p => last.All(l => l.Prefix != p)).Select(p => $"'{p}'")];
        return words is not { Seen: null, Skip: null, Last.Count: > 0 } || unnamed.Length == 0 ? null
            : $"--last must be said once for each prefix, and was not for {string.Join(", ", unnamed)}. Look at the papers in people's hands "
                + $"({unnamed[0].Trim('\'')}000: nobody has one), or say beside it how many events may have been lost, --skip N. The journal was not changed.";
    }

    private static void SayLeft(LiveBranch live, TextWriter output)
    {
        if (live.State.Rules is null)
        {
            output.WriteLine("  not known: no configuration is in the journal yet");
        }

        foreach (OrdinaryNumbers numbers in OrdinaryNumbers.Of(live.State))
        {
            string name = numbers.Prefix.Length == 0 ? "(no letter)" : numbers.Prefix;
            output.WriteLine($"  {name}: {Day("today", numbers.Left, numbers.Next)}; {Day("next day", numbers.NextDayLeft, numbers.NextDay)}");

            string Day(string day, long left, long next) =>
                left == 0 ? $"{day} NONE" : $"{day} {left} from {TicketLabel.Of(numbers.Prefix, (int)next, numbers.Digits)}";
        }

        NumbersLeased[] aside = [.. live.Happened.Select(h => h.Event).OfType<NumbersLeased>()];
        if (aside.Length > 0)
        {
            output.WriteLine(
                $"  {aside.Sum(a => a.Last - a.First + 1)} offline numbers are set aside for dispensers that may hold them; "
                + "'edgequeue journal leases' shows them, 'edgequeue journal revoke --help' says when they can be given up");
        }
    }

    private static int? Lost(ForkWords words, string old, long own, IReadOnlyList<Ancestor> ancestors, out string? fault)
    {
        fault = null;
        if (words.Skip is >= 0)
        {
            return words.Skip;
        }

        if (words is { Seen: null, Skip: null, Last.Count: > 0 })
        {
            return ForkWords.Unknown;
        }

        if (words.Seen?.Split(':') is not [var journal, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out long seq))
        {
            fault = "Say what was seen: --seen JOURNAL:EVENT, as the hub's fault 'journalBehind' says it, or --skip N, or the highest label of each prefix on paper: --last A057.";
            return null;
        }

        long? here = journal == old ? own : ancestors.FirstOrDefault(a => a.Journal == journal)?.Seq;
        if (here is null)
        {
            fault = $"{journal} is neither this journal ({old}) nor one that it was forked from. Check the id, or say --skip N.";
            return null;
        }

        if (seq < here.Value)
        {
            fault = $"--seen {words.Seen}: this journal itself holds {here} events of {journal}, so nothing was lost after event {seq}. Check the number: "
                + "the hub's fault 'journalBehind' says it. If really nothing was lost, say --skip 0.";
            return null;
        }

        return (int)Math.Min(seq - here.Value, int.MaxValue);
    }
}
