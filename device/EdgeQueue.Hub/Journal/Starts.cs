using System.Globalization;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// How often a hub has started over this journal. What a hub says is put in order by it and a count of its own: over restarts too, whatever the clock does.
/// </summary>
internal static class Starts
{
    /// <summary>In the table <c>meta</c>.</summary>
    public const string Name = "starts";

    /// <summary>Before the loop begins: one commit.</summary>
    /// <returns>The number of this start, durable when it returns; null: the disk takes nothing, and the number could be another's tomorrow.</returns>
    public static long? Count(SqliteJournal journal)
    {
        long start = long.TryParse(journal.Meta.GetValueOrDefault(Name), NumberStyles.None, CultureInfo.InvariantCulture, out long before) ? before + 1 : 1;
        try
        {
            journal.Commit(new JournalBatch { Meta = { [Name] = start.ToString(CultureInfo.InvariantCulture) } });
            return start;
        }
        catch (JournalException)
        {
            // The loop finds out, too, and says so.
            return null;
        }
    }
}
