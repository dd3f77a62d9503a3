using System.Globalization;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>What a rule looks at in a branch.</summary>
/// <param name="Word">In the database.</param>
/// <param name="Unit">What people type thresholds in.</param>
/// <param name="Factor">Of a unit: 60 where a time is kept in seconds and typed in minutes.</param>
/// <param name="Weight">The more, the earlier it stands in the list.</param>
/// <param name="OfBranch">Its value now; null: nobody knows, and an alert stays as it is. The last number: since when somebody listens; before that a branch was not away for all we know.
/// No function at all: it is in no live message, see <see cref="AlertBoard.Stopped"/>.</param>
internal sealed record AlertKind(string Word, string Title, string Unit, long Factor, int Weight, Func<LiveRow, long, long, long?>? OfBranch)
{
    public static IReadOnlyList<AlertKind> All { get; } =
    [
        new("away", "Link lost", "minutes away", 60, 90, (row, now, since) => row.IsThere(now) ? 0 : Math.Max(0, now - Math.Max(row.ReceivedAt, since)) / 1000),
        new("evacuation", "Evacuation", "branches", 1, 95, Faults(LiveMessage.Evacuating)),
        new("disk", "Disk", "faults", 1, 80, Faults("diskFault", "storeFailing", "storeDamaged", "journalBehind")),
        // Head office stopped it, of what branches said: it is raised at each of those, and over when it goes on, is ended, or another one is made.
        new("rollout", "Roll-out stopped", "roll-outs", 1, 70, null),
        new("paper", "Paper", "faults", 1, 60, Faults("paperOut", "paperNearEnd")),
        new("missing", "Devices missing", "devices", 1, 55, (row, now, _) => row.IsThere(now) ? row.Missing : null),
        new("clock", "Clock not trusted", "faults", 1, 50, Faults(LiveStore.ClockNotTrusted)),
        new("certificate", "Certificate for the cloud ends", "branches", 1, 45, Faults("cloudCertificate")),
        new("longestWait", "Longest wait", "minutes", 60, 40, (row, now, _) => row.IsThere(now) ? (row.LongestWaitMs(now) ?? 0) / 1000 : null),
        new("overTarget", "Over their target", "people", 1, 35, (row, now, _) => row.IsThere(now) ? row.OverTarget : null),
        new("waiting", "People waiting", "people", 1, 30, (row, now, _) => row.IsThere(now) ? row.Waiting : null),
    ];

    public static AlertKind? Find(string word) => All.FirstOrDefault(k => k.Word == word);

    public bool IsOfRollouts => OfBranch is null;

    /// <param name="stopped">Branches at which the last roll-out failed, while it is stopped.</param>
    /// <param name="since">When this process began to listen, milliseconds.</param>
    public long? Of(LiveRow row, long now, long since, IReadOnlySet<long> stopped) => OfBranch is null ? stopped.Contains(row.Branch) ? 1 : 0 : OfBranch(row, now, since);

    /// <summary>A value as people read it.</summary>
    public string Words(long value) => Factor == 60
        ? string.Create(CultureInfo.InvariantCulture, $"{value / 60} min") : string.Create(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>What people are told, a sentence: <c>People waiting: 7 people.</c></summary>
    public string Sentence(long value) => Title + ": " + (Factor == 60 ? value < 60 ? string.Create(CultureInfo.InvariantCulture, $"{value} s") : Words(value)
        : $"{Words(value)} {(value != 1 ? Unit : Unit switch { "people" => "person", "branches" => "branch", _ => Unit.TrimEnd('s') })}") + ".";

    private static Func<LiveRow, long, long, long?> Faults(params string[] codes) =>
        (row, now, _) => row.IsThere(now) ? row.Codes.Split(',').Count(codes.Contains) : null;
}
