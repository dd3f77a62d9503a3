using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Notices that the journal is an older copy (DESIGN §6): somebody has seen an event that is not in it. From then on the
/// hub gives nothing out until it is restarted with the right journal or a fork of this one. Whom it believes, and why,
/// stands in the README.
/// </summary>
public sealed class JournalGuard(
    LiveBranch branch, string journal, IReadOnlyList<Ancestor> ancestors, HubMetrics metrics, Complaints complaints)
{
    /// <summary>No copy is older than this: some years of a large branch. Beyond it a claim is a broken or lying unit's.</summary>
    public const long MostAhead = 10_000_000;

    // Bounded: only configured units are asked, and a branch has some hundred nodes.
    private readonly Dictionary<string, UnitAddress> _ahead = new(StringComparer.Ordinal);
    private LoadedBranch? _branch;
    private string _by = "";
    private long _reach;
    private string? _alone;

    /// <summary>Why the hub stands still; null: it does not.</summary>
    public Fault? Behind { get; private set; }

    /// <summary>One node says so, whom nobody bears out; null: none does.</summary>
    public Fault? Doubt { get; private set; }

    /// <summary>The highest position that was seen beyond ours.</summary>
    public JournalPosition? SeenBeyond { get; private set; }

    /// <summary>This configuration is in force. A node that is not in it any more has said nothing.</summary>
    public void Use(LoadedBranch configured)
    {
        _branch = configured;
        foreach (string gone in _ahead.Values.Where(unit => !configured.TryGetUnit(unit, out _)).Select(unit => unit.Node).ToList())
        {
            _ahead.Remove(gone);
        }

        if (_ahead.Count == 0 && Behind is null)
        {
            Doubt = null;
            SeenBeyond = null;
        }
    }

    /// <summary>The broker keeps what only a hub may write.</summary>
    public void CheckKept(JournalPosition? seen)
    {
        if (Beyond(seen, "the broker", out long reach))
        {
            Stop(Raise(seen!, "the broker", reach), null);
        }
    }

    /// <summary>The cloud keeps what only this branch's hub could send it.</summary>
    /// <param name="other">It holds another event of this number than the journal does: a copy was restored and went on.</param>
    public void CheckCloud(JournalPosition stored, bool other)
    {
        if (Beyond(stored, "the cloud", out long reach))
        {
            Stop(Raise(stored, "the cloud", reach), null);
        }
        else if (other)
        {
            Behind ??= new Fault(
                "journalBehind",
                $"The cloud holds another event {stored.Seq} of this journal than the journal does: an older copy was restored and went on. No ticket is given and nobody is called. "
                + "Stop the hub and bring the right journal back, or fork this one and step over what was given meanwhile: edgequeue journal fork JOURNAL --skip N");
        }
    }

    /// <param name="by">A configured unit.</param>
    /// <returns>Null: nothing against it. Else why what this unit asks for cannot be decided here.</returns>
    public Refusal? Check(JournalPosition? seen, UnitAddress by)
    {
        if (Beyond(seen, by.ToString(), out long reach))
        {
            Claimed(seen!, by, reach);
        }

        return IsOfAnother(seen) ? Other : Behind is null && _ahead.ContainsKey(by.Node) ? HubRefusals.NodeAhead : null;
    }

    private static Refusal Other { get; } = new(
        "otherJournal", "This was asked of another journal than the hub has now. Look at the display and press again.");

    private bool IsOfAnother(JournalPosition? seen) => seen is not null && seen.Journal != journal
        && !(ancestors.FirstOrDefault(a => a.Journal == seen.Journal) is { } ancestor && seen.Seq <= ancestor.Seq);

    /// <param name="reach">How far this journal goes, in the numbers of the one that was seen.</param>
    private bool Beyond(JournalPosition? seen, string by, out long reach)
    {
        reach = 0;
        if (seen is null)
        {
            return false;
        }

        if (seen.Journal == journal)
        {
            // Nobody can have seen what is not committed, so an honest position is never beyond the commit.
            reach = branch.CommittedSeq;
        }
        else if (ancestors.FirstOrDefault(a => a.Journal == seen.Journal) is { } ancestor)
        {
            reach = ancestor.Seq + ancestor.Skip;
        }
        else
        {
            return false;
        }

        if (seen.Seq > reach + MostAhead)
        {
            metrics.Rejected("implausible", by);
            complaints.Say("implausible", by, $"it says that it has seen event {seen.Seq}, where the journal reaches {reach}");
            return false;
        }

        return seen.Seq > reach;
    }

    private void Claimed(JournalPosition seen, UnitAddress by, long reach)
    {
        _ahead.TryAdd(by.Node, by);
        bool raised = Raise(seen, by.ToString(), reach);
        bool givesNumbers = _branch!.TryGetUnit(by, out UnitConfiguration? unit) && unit.Dispenser is not null;
        bool othersCouldTell = _branch.Units.Any(u => u.Address.Node != by.Node);
        if (Behind is not null || _ahead.Count > 1)
        {
            Stop(raised, Behind is null || _ahead.Count > 1 ? null : _alone);
        }
        else if (givesNumbers || !othersCouldTell)
        {
            Stop(raised, by.ToString());
        }
        else
        {
            Doubt ??= new Fault(
                "nodeAhead",
                $"{by} says that it has seen event {seen.Seq} of the journal, which reaches {reach}, and nobody else says so. What {by.Node} asks for is refused. "
                + "If a backup was restored, stop the hub and bring the newest journal back. Else start that node and then the hub again; if it comes back, replace the node.");
        }
    }

    /// <returns>Whether nobody has said as much before.</returns>
    private bool Raise(JournalPosition seen, string by, long reach)
    {
        if (SeenBeyond is not null && seen.Seq <= SeenBeyond.Seq)
        {
            return false;
        }

        (SeenBeyond, _by, _reach) = (seen, by, reach);
        return true;
    }

    /// <param name="alone">The one unit that says so; null: there are more, or the broker does.</param>
    private void Stop(bool raised, string? alone)
    {
        if (Behind is not null && !raised && alone == _alone)
        {
            return;
        }

        _alone = alone;
        Doubt = null;
        string way = alone is null
            ? ""
            : $" Only {alone} says so: if no backup was restored, take it out of the configuration, start the hub again, and replace its card.";
        Behind = new Fault(
            "journalBehind",
            $"The journal is an older copy: {_by} has seen event {SeenBeyond!.Seq}, it reaches {_reach}. No ticket is given and nobody is called.{way} "
            + $"Stop the hub and bring the newest journal back, or run: edgequeue journal fork JOURNAL --seen {SeenBeyond.Journal}:{SeenBeyond.Seq}");
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
