using System.CommandLine;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>edgequeue-hub journal …</c>; <c>edgequeue journal …</c> passes on to it.</summary>
internal static class JournalCommands
{
    public static Command Make()
    {
        var command = new Command(
            "journal",
            "Looks at a journal, saves it, forks it. verify, export and replay may be used while the hub runs; repair and fork need it stopped.");
        command.Add(Verify());
        command.Add(Export());
        command.Add(Repair());
        command.Add(Fork());
        command.Add(Replay());
        return command;
    }

    private static Argument<string> File() => new("FILE") { Description = "The journal." };

    private static Command Verify()
    {
        Argument<string> file = File();
        var command = new Command("verify", "Checks every page, every event and every snapshot: exit code 0 means that the journal replays to one state, whichever way.") { file };
        command.SetAction(parsed => Journals.Try(() => JournalVerify.Run(parsed.GetRequiredValue(file), Console.Out)));
        return command;
    }

    private static Command Export()
    {
        Argument<string> file = File();
        var from = new Option<long>("--from") { Description = "First event.", DefaultValueFactory = _ => 1 };
        var to = new Option<long>("--to") { Description = "Last event.", DefaultValueFactory = _ => long.MaxValue };
        var command = new Command("export", "Writes the events to standard output, one JSON object a line.") { file, from, to };
        command.SetAction(parsed => Journals.Try(() =>
            JournalExport.Run(parsed.GetRequiredValue(file), parsed.GetValue(from), parsed.GetValue(to), Console.OpenStandardOutput())));
        return command;
    }

    private static Command Repair()
    {
        Argument<string> file = File();
        var to = new Option<string>("--to") { Description = "The new file. It must not exist.", Required = true };
        var branch = new Option<string?>("--branch-name") { Description = "The branch, when even that cannot be read any more." };
        var command = new Command(
            "repair",
            "Saves what can be read, up to the first fault, into a new file and says what was lost. The old file is not touched. "
            + "If events were lost, fork the new file before the hub uses it.")
        {
            file, to, branch,
        };
        command.SetAction(parsed => Journals.Try(() =>
            JournalRepair.Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(to), parsed.GetValue(branch), Console.Out)));
        return command;
    }

    private static Command Fork()
    {
        Argument<string> file = File();
        var seen = new Option<string?>("--seen") { Description = "The highest position that somebody has seen, JOURNAL:EVENT, as the hub's fault 'journalBehind' says it." };
        var skip = new Option<int?>("--skip") { Description = "Instead of --seen: how many events may have been lost. Too many does no harm but unused numbers." };
        var command = new Command(
            "fork",
            "Gives a restored or cloned journal a new identity and steps over every number, visit and lease that the lost events may have given.")
        {
            file, seen, skip,
        };
        command.SetAction(parsed => Journals.Try(() =>
            JournalFork.Run(parsed.GetRequiredValue(file), parsed.GetValue(seen), parsed.GetValue(skip), Console.Out)));
        return command;
    }

    private static Command Replay()
    {
        Argument<string> file = File();
        var until = new Option<string?>("--until") { Description = "Local time of the branch (2026-05-04T14:30:00), time with offset (…Z, …+02:00), or an event (#1234). Without it: now." };
        var json = new Option<bool>("--json") { Description = "The whole state as JSON." };
        var command = new Command("replay", "Shows the branch as it was, bit for bit, for an audit or a dispute.") { file, until, json };
        command.SetAction(parsed => Journals.Try(() =>
            JournalReplay.Run(parsed.GetRequiredValue(file), parsed.GetValue(until), parsed.GetValue(json), Console.Out)));
        return command;
    }
}
