using System.Collections.Concurrent;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>
/// Journals of which a batch could not be stored even by itself. Until one of them could be, they are taken alone, and the longer it
/// goes on the more seldom, so that one branch's fault costs the others a transaction now and then and no more. The hub sends what is
/// not answered again. Each replica finds out for itself.
/// </summary>
internal sealed class TroubledJournals(TimeProvider time)
{
    private const int Most = 10_000;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Branch, string Journal), Trouble> _journals = new();

    /// <summary>Such journals now.</summary>
    public int Count => _journals.Count;

    public JournalTurn TurnOf(ArrivedBatch batch) =>
        !_journals.TryGetValue(Key(batch), out Trouble trouble) ? JournalTurn.WithOthers : time.GetElapsedTime(trouble.Since) < trouble.Pause ? JournalTurn.NotYet : JournalTurn.Alone;

    /// <summary>It failed although it was alone and the database answers.</summary>
    public void Failed(ArrivedBatch batch)
    {
        if (_journals.Count >= Most)
        {
            // So many at once are no fault of theirs: all begin anew.
            _journals.Clear();
        }

        long now = time.GetTimestamp();
        _journals.AddOrUpdate(Key(batch), _ => new(now, First), (_, before) => new(now, before.Pause * 2 < Longest ? before.Pause * 2 : Longest));
    }

    public void Stored(ArrivedBatch batch)
    {
        if (!_journals.IsEmpty)
        {
            _journals.TryRemove(Key(batch), out _);
        }
    }

    private static (string Branch, string Journal) Key(ArrivedBatch batch) => (batch.Branch, batch.Batch.Journal);

    private readonly record struct Trouble(long Since, TimeSpan Pause);
}

/// <summary>How a batch is taken.</summary>
internal enum JournalTurn
{
    WithOthers,
    Alone,
    NotYet,
}
