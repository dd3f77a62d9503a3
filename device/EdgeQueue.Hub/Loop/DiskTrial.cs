using System.Security.Cryptography;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Whether a disk that took nothing takes entries again: a write as large as a busy commit. A full one takes a small write again and again,
/// where its files have a little room left, and nothing else.
/// </summary>
internal sealed class DiskTrial(SqliteJournal journal, TimeProvider time)
{
    private const string Name = "probe";

    /// <summary>Sixteen pages.</summary>
    private const int Size = 65_536;

    private readonly Schedule _due = new(time, TimeSpan.FromSeconds(2));

    public bool IsDue() => _due.IsDue();

    public void Begin(JournalBatch batch) => batch.Meta[Name] = RandomNumberGenerator.GetHexString(Size);

    /// <summary>Of one that the disk took nothing is kept.</summary>
    public void Forget(JournalBatch batch)
    {
        if (journal.Meta.GetValueOrDefault(Name)?.Length > 0)
        {
            batch.Meta[Name] = "";
        }
    }
}
