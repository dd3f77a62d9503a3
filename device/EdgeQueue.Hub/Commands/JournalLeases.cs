using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Time;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal leases</c> and <c>journal revoke</c>: which dispensers hold numbers of their own, and giving up on some.</summary>
internal static class JournalLeases
{
    public static int Show(string path, TextWriter output)
    {
        using JournalReader reader = JournalReader.Open(path);
        Replay replay = Replay.Latest(reader);
        BranchState state = replay.State;
        Dictionary<string, Moment> given = Given(reader, replay.Seq);
        string[][] rows =
        [
            ["lease", "service", "numbers", "node/unit", "store", "used", "since", ""],
            .. state.Leases.OrderBy(l => given.GetValueOrDefault(l.Id)).ThenBy(l => l.Prefix, StringComparer.Ordinal).ThenBy(l => l.First).Select(l => new[]
            {
                l.Id, l.Service, $"{l.Label(l.First)}-{l.Label(l.Last)}", l.Node.Length == 0 ? "-" : $"{l.Node}/{l.Unit}",
                l.Store.Length == 0 ? "-" : l.Store, $"{l.Used.Count}/{l.Size}", given.TryGetValue(l.Id, out Moment at) ? JournalReplay.Local(state, at) : "-",
                Remark(state, l),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(r => r[column].Length))];
        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return ExitCode.Fine;
    }

    /// <summary>All or none: what was mistyped must not look done.</summary>
    public static int Revoke(string path, IReadOnlyList<string> leases, TextWriter output)
    {
        using SqliteJournal journal = SqliteJournal.Open(path);
        LiveBranch live = LiveBranch.Load(journal);
        var time = new BranchTime(new LinuxClock(), TimeMark.Parse(journal.Meta.GetValueOrDefault(TimeMark.Name)), journal.Last().At);
        foreach (string lease in leases)
        {
            if (live.Execute(new RevokeLease(lease, time.Now()), EventSource.Technician).Refusal is { } refusal)
            {
                Console.Error.WriteLine($"{refusal.Sentence} Nothing was revoked; 'edgequeue journal leases {path}' shows what there is.");
                return ExitCode.Wrong;
            }
        }

        live.Commit();
        foreach (Lease lease in live.State.Leases.Where(l => leases.Contains(l.Id)))
        {
            output.WriteLine($"{lease.Id} ({lease.Label(lease.First)}-{lease.Label(lease.Last)}) is revoked; its numbers can be leased again after the business day is closed");
        }

        return ExitCode.Fine;
    }

    private static string Remark(BranchState state, Lease lease) =>
        lease.Revoked ? "revoked, free after the day"
        : lease.Complete ? "used up, free after the day"
        : !OfflineNumbers.IsDoubtful(state, lease) ? ""
        : lease.Store.Length == 0 ? "set aside by a fork"
        : "its unit has another store since";

    private static Dictionary<string, Moment> Given(JournalReader reader, long until)
    {
        var given = new Dictionary<string, Moment>(StringComparer.Ordinal);
        reader.Events(0, until, (_, at, type, data) =>
        {
            if (type is "numbersLeased")
            {
                given[((NumbersLeased)EventJson.Read(type, data)).Lease] = at;
            }
        });
        return given;
    }
}
