using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal replay</c>: the branch as it was.</summary>
internal static class JournalReplay
{
    public static int Run(string path, string? until, bool json, TextWriter output)
    {
        if (Limit(until, out string? fault) is not { } within)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.Usage;
        }

        using JournalReader reader = JournalReader.Open(path);
        Replay replay = Journal.Replay.While(reader, within);
        if (json)
        {
            output.WriteLine($$"""{"journal":"{{reader.Meta["journal"]}}","seq":{{replay.Seq}},"at":{{replay.At.Milliseconds}},"digest":"{{StateDigest.Of(replay.State)}}","branch":{{System.Text.Encoding.UTF8.GetString(Journal.Replay.Write(replay.State))}}}""");
        }
        else
        {
            Show(replay, output);
        }

        return ExitCode.Fine;
    }

    /// <summary>Says for each event whether it had happened by then. A local time is read by the clock that hung on the wall then.</summary>
    private static Func<long, Moment, BranchState, bool>? Limit(string? until, out string? fault)
    {
        fault = null;
        if (until is null)
        {
            return (_, _, _) => true;
        }

        if (until.StartsWith('#') && long.TryParse(until.AsSpan(1), CultureInfo.InvariantCulture, out long last))
        {
            return (seq, _, _) => seq <= last;
        }

        bool hasOffset = until.EndsWith('Z') || until.LastIndexOfAny(['+', '-']) > until.IndexOf('T', StringComparison.Ordinal);
        if (until.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            long wanted = time.ToUnixTimeMilliseconds();
            return hasOffset
                ? (_, at, state) => at.Milliseconds + state.Clock.DisplayOffset <= wanted
                : (_, at, state) => state.Clock.Local(at) <= wanted;
        }

        fault = $"--until {until}: give a local time such as 2026-05-04T14:30:00, a time with its offset, or an event such as #1234.";
        return null;
    }

    private static void Show(Replay replay, TextWriter output)
    {
        BranchState state = replay.State;
        output.WriteLine($"event {replay.Seq}, {Local(state, replay.At)} local, business day {state.Day}");
        output.WriteLine($"state {StateDigest.Of(state)}");
        output.WriteLine();
        output.WriteLine("counters");
        foreach (Counter counter in state.Counters)
        {
            Visit? visit = state.VisitAt(counter);
            output.WriteLine($"  {counter.Id,-12} {counter.Phase,-7} {counter.Operator ?? "-",-12} {(visit is null ? "" : $"{visit.Label} {visit.Phase.ToString().ToLowerInvariant()}, called {visit.Calls}×")}");
        }

        output.WriteLine();
        output.WriteLine($"waiting: {state.Waiting}");
        foreach (Visit visit in state.Visits.Where(v => v.Phase == VisitPhase.Waiting).OrderBy(v => v.Place.Since).ThenBy(v => v.Number))
        {
            output.WriteLine($"  {visit.Label,-8} {visit.Service,-14} since {Local(state, visit.Place.Since)}, priority {visit.Place.Priority}");
        }

        output.WriteLine();
        output.WriteLine("parked");
        foreach (Visit visit in state.Visits.Where(v => v.Phase == VisitPhase.Parked).OrderBy(v => v.Number))
        {
            output.WriteLine($"  {visit.Label,-8} {visit.Service,-14} {(visit.ParkedUntil is { } end ? $"until {Local(state, end)}" : "until resumed")}");
        }
    }

    internal static string Local(BranchState state, Moment at) =>
        DateTime.UnixEpoch.AddMilliseconds(state.Clock.Local(at)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
