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
        using JournalReader reader = JournalReader.Open(path);
        if (UntilWhen.Resolve(reader, until, out string? fault) is not { } last)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.Usage;
        }

        // From the first event, although there may be a snapshot: that hides what is wrong before it.
        Plausibility events = Plausibility.Of(reader, last, out Replay? replay);
        if (replay is null)
        {
            return Doubtful(path, events);
        }

        if (json)
        {
            output.WriteLine($$"""{"journal":"{{reader.Meta["journal"]}}","seq":{{replay.Seq}},"at":{{replay.At.Milliseconds}},"digest":"{{StateDigest.Of(replay.State)}}","branch":{{System.Text.Encoding.UTF8.GetString(Journal.Replay.Write(replay.State))}}}""");
        }
        else
        {
            Show(replay, output);
        }

        return events.IsSound ? ExitCode.Fine : Doubtful(path, events);
    }

    private static int Doubtful(string path, Plausibility events)
    {
        Console.Error.WriteLine($"This journal cannot be believed: {events.Faults[0]}{(events.Count > 1 ? $" (and {events.Count - 1} more)" : "")}. Look at it with 'edgequeue journal verify {path}'.");
        return ExitCode.Wrong;
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
