using System.CommandLine;
using System.Globalization;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>edgequeue-hub journal …</c>; <c>edgequeue journal …</c> passes on to it.</summary>
internal static class JournalCommands
{
    public static Command Make()
    {
        var command = new Command(
            "journal",
            "Looks at a journal, saves it, forks it. verify, export, replay, explain, case and leases may be used while the hub runs; repair, fork and revoke need it stopped.");
        command.Add(Verify());
        command.Add(Export());
        command.Add(Repair());
        command.Add(Fork());
        command.Add(Replay());
        command.Add(Case());
        command.Add(Explain());
        command.Add(Leases());
        command.Add(Revoke());
        return command;
    }

    private static Argument<string> File() => new("FILE") { Description = "The journal." };

    private static Command Verify()
    {
        Argument<string> file = File();
        var command = new Command("verify", "Checks every page, every event and every snapshot: exit code 0 means that the journal replays to one state, whichever way, and that no event says what cannot have happened: a label given twice on a business day, a call of somebody who does not wait, or to a counter that is not open.") { file };
        command.SetAction(parsed => Journals.Try(() => JournalVerify.Run(parsed.GetRequiredValue(file), Console.Out)));
        return command;
    }

    private static Command Export()
    {
        Argument<string> file = File();
        (Option<long?> from, Option<long?> to) = (EventNumber("--from", "First event; without it the journal's first."), EventNumber("--to", "Last event; without it the journal's last."));
        var command = new Command("export", "Writes the events to standard output, one JSON object a line.") { file, from, to };
        command.SetAction(parsed => Journals.Try(() =>
            JournalExport.Run(parsed.GetRequiredValue(file), parsed.GetValue(from) ?? 1, parsed.GetValue(to) ?? long.MaxValue, Console.OpenStandardOutput(), Console.Error)));
        return command;
    }

    private static Command Repair()
    {
        Argument<string> file = File();
        var to = new Option<string>("--to") { Description = "The new file. It must not exist.", Required = true };
        var branch = new Option<string?>("--branch-name") { Description = "The branch, when even that cannot be read any more." };
        (Option<int?> skip, Option<string[]> last, Option<bool> accept) = (Skip("How many events may have been lost."), Last(), Accept());
        var command = new Command(
            "repair",
            "Saves what can be read and can have happened, up to the first fault, into a new file and says what was lost. The old file is not touched. "
            + "If events were lost, fork the new file before the hub uses it. With --branch-name, when the old identity cannot be read, "
            + "the new file is forked at once: that needs --skip or --last.")
        {
            file, to, branch, skip, last, accept,
        };
        command.SetAction(parsed => Journals.Try(() =>
            JournalRepair.Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(branch),
                new ForkWords(null, parsed.GetValue(skip), parsed.GetValue(last) ?? [], parsed.GetValue(accept), false), Console.Out)));
        return command;
    }

    private static Command Fork()
    {
        Argument<string> file = File();
        var seen = new Option<string?>("--seen") { Description = "The highest position that somebody has seen, JOURNAL:EVENT, as the hub's fault 'journalBehind' says it." };
        (Option<int?> skip, Option<string[]> last, Option<bool> accept) =
            (Skip("Instead of --seen: how many events may have been lost. Too many does no harm but unused numbers."), Last(), Accept());
        var dry = new Option<bool>("--dry-run") { Description = "Only say what numbers would be left. A fork cannot be taken back." };
        var command = new Command(
            "fork",
            "Gives a restored or cloned journal a new identity and steps over every number, visit and lease that the lost events may have given. "
            + "Without --last that is one number of each prefix for each lost event, today and on the next business day, which is far more than "
            + "were given; when it would leave none, the fork is refused. Without --seen and --skip, --last is enough.")
        {
            file, seen, skip, last, accept, dry,
        };
        command.SetAction(parsed => Journals.Try(() =>
            JournalFork.Run(parsed.GetRequiredValue(file),
                new ForkWords(parsed.GetValue(seen), parsed.GetValue(skip), parsed.GetValue(last) ?? [], parsed.GetValue(accept), parsed.GetValue(dry)),
                Console.Out)));
        return command;
    }

    private static Option<long?> EventNumber(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return number;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: give the number of an event, as 'journal export' writes it.");
            return null;
        },
    };

    private static Option<int?> Skip(string description) => new("--skip")
    {
        Description = description,
        // The parser's own sentence for a number that is too large names a type of .NET.
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int events))
            {
                return events;
            }

            result.AddError($"--skip {result.Tokens[0].Value}: give a number of events from 0 to {int.MaxValue}.");
            return null;
        },
    };

    private static Option<string[]> Last() => new("--last")
    {
        Description = "The highest ordinary label of a prefix that anybody has on paper, A057; once for each prefix (A000: nobody has one). "
            + "The prefix goes on 21 numbers later.",
    };

    private static Option<bool> Accept() => new("--accept-exhaustion") { Description = "Fork even when a prefix has no number left then, today or on the next day." };

    private static Command Case()
    {
        Argument<string> file = File();
        var id = new Argument<string>("CASE") { Description = "The case's id, as bookings and tickets carry it." };
        var command = new Command("case", "Shows the visits of a case that went on over several of them: when they came, what was done, how it ended.") { file, id };
        command.SetAction(parsed => Journals.Try(() => JournalCase.Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(id), Console.Out)));
        return command;
    }

    private static Command Leases()
    {
        Argument<string> file = File();
        var command = new Command("leases", "Shows the blocks of numbers that dispensers hold for when the hub is away: whose, of which store, how many came back as tickets.") { file };
        command.SetAction(parsed => Journals.Try(() => JournalLeases.Show(parsed.GetRequiredValue(file), Console.Out)));
        return command;
    }

    private static Command Revoke()
    {
        Argument<string> file = File();
        var leases = new Argument<string[]>("LEASE") { Description = "Ids, as 'journal leases' shows them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "revoke",
            "Gives up leases: their numbers can be leased again once the business day is closed. Safe only when nothing can print from them any more: "
            + "the dispenser was scrapped or its store was wiped. Leases that a fork set aside (no store) may be held by any dispenser: safe when the "
            + "store of each was wiped after the fork. A dispenser that still has the store would print numbers a second time. The hub must be stopped.")
        {
            file, leases,
        };
        command.SetAction(parsed => Journals.Try(() => JournalLeases.Revoke(parsed.GetRequiredValue(file), parsed.GetRequiredValue(leases), Console.Out)));
        return command;
    }

    private static Command Explain()
    {
        Argument<string> file = File();
        var ticket = new Argument<string>("TICKET") { Description = "A label such as A042 (every visit that had it), or a visit's number." };
        var command = new Command("explain", "Says why a visit was called when it was: by which rule, with which figures, before whom; and everything else that happened to it, by whom, from which unit.") { file, ticket };
        command.SetAction(parsed => Journals.Try(() => JournalExplain.Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(ticket), Console.Out)));
        return command;
    }

    private static Command Replay()
    {
        Argument<string> file = File();
        var until = new Option<string?>("--until") { Description = "Local time of the branch (2026-05-04T14:30:00, or with a blank instead of the T), time with offset (…Z, …+02:00), or an event (#1234). Without it: now." };
        var json = new Option<bool>("--json") { Description = "The whole state as JSON." };
        var command = new Command("replay", "Shows the branch as it was, bit for bit, for an audit or a dispute.") { file, until, json };
        command.SetAction(parsed => Journals.Try(() =>
            JournalReplay.Run(parsed.GetRequiredValue(file), parsed.GetValue(until), parsed.GetValue(json), Console.Out)));
        return command;
    }
}
