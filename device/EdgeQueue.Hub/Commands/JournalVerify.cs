using System.Text.Json;
using EdgeQueue.Core.Contracts;
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
        bool sound = IsSound(reader, output);
        output.WriteLine(sound ? "sound" : $"NOT sound: save what can be read with 'edgequeue journal repair {path} --to {path}.repaired'");
        return sound ? ExitCode.Fine : ExitCode.Wrong;
    }

    /// <summary>Every page, every event and whether it can have happened, every snapshot; a line for each look.</summary>
    /// <exception cref="JournalException">An event cannot be read, or is missing.</exception>
    public static bool IsSound(JournalReader reader, TextWriter output)
    {
        bool sound = true;
        foreach (string line in reader.IntegrityCheck())
        {
            sound &= line == "ok";
            output.WriteLine($"pages: {line}");
        }

        // One end for all passes: the hub may be writing meanwhile.
        long last = reader.Last().Seq;
        Plausibility events = Plausibility.Of(reader, last, out Replay? all);
        output.WriteLine($"events: {all?.Seq ?? last}, {(all is null ? "NOT all can be applied" : "without a gap, all can be applied")}");
        foreach (string fault in events.Faults)
        {
            output.WriteLine($"events: {fault}");
        }

        if (events.Count > events.Faults.Count)
        {
            output.WriteLine($"events: and {events.Count - events.Faults.Count} more such events; they may only be what came of the first");
        }

        sound &= events.IsSound;
        (string? order, string? damaged, long damages) = Rows(reader, last);
        output.WriteLine($"words: {(damaged is null ? "all of every event can be read" : damages == 1 ? damaged : $"{damaged}; and {damages - 1} more events like it")}");
        sound &= damaged is null;
        output.WriteLine($"time: {order ?? "never goes back"}");
        sound &= order is null;
        if (all is null)
        {
            return false;
        }

        string digest = StateDigest.Of(all.State);
        foreach (SnapshotRow row in reader.Snapshots(last))
        {
            string? fault = FaultOf(reader, row, last, digest);
            output.WriteLine($"snapshot of event {row.Seq}: {fault ?? "gives the same state"}");
            sound &= fault is null;
        }

        output.WriteLine($"state: {digest}");
        return sound;
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

    /// <summary>
    /// The time stands in the row, where it is looked for, and in the event, which is the truth; and an event may have a damaged part
    /// that a replay passes over.
    /// </summary>
    private static (string? Order, string? Damaged, long Damages) Rows(JournalReader reader, long last)
    {
        Moment before = default;
        (string? order, string? damaged, long damages) = (null, null, 0L);
        reader.Events(0, last, (seq, at, type, data) =>
        {
            if (!StrictEventJson.TryRead(data, type, out Event? happened, out string? fault))
            {
                damaged ??= $"event {seq} {fault}";
                damages++;
            }

            order ??= (happened?.At ?? AtOf(type, data)) is { } own && own != at ? $"event {seq} is filed under another time than its own"
                : at < before ? $"goes BACK at event {seq}"
                : null;
            before = at;
        });
        return (order, damaged, damages);
    }

    /// <summary>Of one that is damaged in part.</summary>
    private static Moment? AtOf(ReadOnlySpan<char> type, ReadOnlySpan<byte> data)
    {
        try
        {
            return ReplayJson.Read(type, data).At;
        }
        catch (JsonException)
        {
            // Said already.
            return null;
        }
    }
}
