using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>
/// The highest (journal, seq) that this unit knows of; every command and status carries it, so that a hub that was restored
/// from a copy notices (DESIGN §6). The journal in force is the one that the hub itself named last, in a heartbeat or a
/// reply; retained state of another journal waits until then. Safe from any thread.
/// </summary>
public sealed class SeenPosition
{
    // A branch has one journal, and a new one after a fork. More than these have never been seen together.
    private const int MostJournals = 8;

    private readonly List<JournalPosition> highest = [];
    private readonly Lock gate = new();

    /// <summary>The journal in force and its highest seq; null while nothing is known.</summary>
    public JournalPosition? Current { get; private set; }

    /// <summary>The hub itself speaks: this journal is in force. True when it was another one before.</summary>
    public bool HubSpoke(string journal, long seq)
    {
        lock (gate)
        {
            var changed = Current?.Journal != journal;
            Current = Raise(journal, seq);
            return changed;
        }
    }

    /// <summary>Retained state: raises the position of its journal; decides about the journal only while none is known.</summary>
    public void Noticed(string journal, long seq)
    {
        lock (gate)
        {
            var position = Raise(journal, seq);
            if (Current is null || Current.Journal == journal)
            {
                Current = position;
            }
        }
    }

    private JournalPosition Raise(string journal, long seq)
    {
        var index = highest.FindIndex(p => p.Journal == journal);
        if (index >= 0 && highest[index].Seq >= seq)
        {
            return highest[index];
        }

        if (index >= 0)
        {
            highest.RemoveAt(index);
        }
        else if (highest.Count == MostJournals)
        {
            highest.RemoveAt(0);
        }

        highest.Add(new JournalPosition(journal, seq));
        return highest[^1];
    }
}
