using System.Globalization;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Notices that the journal is an older copy (DESIGN §6): somebody has seen an event that is not in it. From then on the
/// hub gives nothing out until it is restarted with the right journal or a fork of this one.
/// </summary>
public sealed class JournalGuard(LiveBranch branch, string journal, IReadOnlyList<Ancestor> ancestors)
{
    /// <summary>Why the hub stands still; null: it does not.</summary>
    public Fault? Behind { get; private set; }

    /// <summary>The highest position that was seen beyond ours.</summary>
    public JournalPosition? SeenBeyond { get; private set; }

    /// <returns>Null: the position fits. Else why a command that was made from there cannot be decided here.</returns>
    public Refusal? Check(JournalPosition? seen, string by)
    {
        if (seen is null)
        {
            return null;
        }

        if (seen.Journal == journal)
        {
            // Nobody can have seen what is not committed, so an honest position is never beyond the commit.
            if (seen.Seq > branch.CommittedSeq)
            {
                Notice(seen, by, branch.CommittedSeq);
            }

            return null;
        }

        if (ancestors.FirstOrDefault(a => a.Journal == seen.Journal) is { } ancestor)
        {
            if (seen.Seq - ancestor.Seq > ancestor.Skip)
            {
                Notice(seen, by, ancestor.Seq + ancestor.Skip);
            }

            return seen.Seq <= ancestor.Seq ? null : Other;
        }

        return Other;
    }

    private static Refusal Other { get; } = new(
        "otherJournal", "This was asked of another journal than the hub has now. Look at the display and press again.");

    private void Notice(JournalPosition seen, string by, long reach)
    {
        if (SeenBeyond is null || seen.Seq > SeenBeyond.Seq)
        {
            SeenBeyond = seen;
            Behind = new Fault(
                "journalBehind",
                $"The journal is an older copy: {by} has seen event {seen.Seq}, it reaches {reach}. No ticket is given and nobody is called. "
                + $"Stop the hub and bring the newest journal back, or run: edgequeue journal fork JOURNAL --seen {seen.Journal}:{seen.Seq}");
        }
    }
}

/// <summary>A journal that this one was forked from.</summary>
/// <param name="Seq">Its last event that is here too.</param>
/// <param name="Skip">Events that were taken into account beyond it.</param>
public sealed record Ancestor(string Journal, long Seq, long Skip)
{
    /// <summary>Where the list of them stands in the journal's <c>meta</c>.</summary>
    public const string Name = "ancestors";

    public static IReadOnlyList<Ancestor> All(string? text) =>
    [
        .. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).Select(parts =>
            new Ancestor(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture))),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Journal}:{Seq}:{Skip}");
}
