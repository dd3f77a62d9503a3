using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal verify</c>.</summary>
internal static class JournalVerify
{
    public static int Run(string path, TextWriter output)
    {
        using JournalReader reader = JournalReader.Open(path);
        output.WriteLine($"journal {reader.Meta["journal"]} of branch '{reader.Meta.GetValueOrDefault("branch")}'");
        bool sound = true;
        IReadOnlyList<string> pages = reader.IntegrityCheck();
        foreach (string line in pages)
        {
            sound &= line == "ok";
            output.WriteLine(line == "ok" ? "pages: ok" : $"pages: {line}");
        }

        // One end for all passes: the hub may be writing meanwhile.
        long last = reader.Last().Seq;
        Replay all = Journal.Replay.All(reader, last);
        string digest = StateDigest.Of(all.State);
        output.WriteLine($"events: {all.Seq}, without a gap, all readable");
        output.WriteLine($"time: {Order(reader, last) ?? "never goes back"}");
        sound &= Order(reader, last) is null;
        foreach (SnapshotRow row in reader.Snapshots(last))
        {
            string? fault = FaultOf(reader, row, last, digest);
            output.WriteLine($"snapshot of event {row.Seq}: {fault ?? "gives the same state"}");
            sound &= fault is null;
        }

        output.WriteLine($"state: {digest}");
        output.WriteLine(sound ? "sound" : "NOT sound: save what can be read with 'journal repair'");
        return sound ? ExitCode.Fine : ExitCode.Wrong;
    }

    private static string? FaultOf(JournalReader reader, SnapshotRow row, long last, string digest)
    {
        if (Journal.Replay.FromSnapshot(reader, row, last) is not { } replay)
        {
            // Of another release: it is left aside at a start, and nothing is lost.
            return null;
        }

        return StateDigest.Of(replay.State) == digest ? null : "gives ANOTHER state than the events";
    }

    private static string? Order(JournalReader reader, long last)
    {
        Moment before = default;
        string? fault = null;
        reader.Events(0, last, (seq, at, _, _) =>
        {
            fault ??= at < before ? $"goes BACK at event {seq}" : null;
            before = at;
        });
        return fault;
    }
}
