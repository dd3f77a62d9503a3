using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Link;

/// <summary>
/// The journal as an outbox, read beside its writer: a reader sees a commit after its fsync, and so nothing goes up that could
/// still be lost (law 1). Used by the link's thread.
/// </summary>
public sealed class JournalOutbox(JournalReader reader) : IOutbox, IDisposable
{
    private readonly IReadOnlyList<JournalPosition> _ancestors =
        [.. Ancestor.All(reader.Meta.GetValueOrDefault(Ancestor.Name)).Select(a => new JournalPosition(a.Journal, a.Seq))];

    public string Journal { get; } = reader.Meta["journal"];

    public long Last() => reader.Last().Seq;

    public EventBatch Question(long number) => new(Journal, number, Math.Max(1, Last()), _ancestors, []);

    public EventBatch? After(long after, long number)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        int bytes = 0;
        reader.Events(after, after + EventBatch.MostEvents, (_, _, _, data) =>
        {
            if (bytes >= 0 && (events.Count == 0 || bytes + data.Length < EventBatch.MostBytes - 4096))
            {
                events.Add(data.ToArray());
                bytes += data.Length + 1;
            }
            else
            {
                bytes = -1;
            }
        });
        return events.Count == 0 ? null : new EventBatch(Journal, number, after + 1, _ancestors, events);
    }

    public string? HashOf(long seq)
    {
        string? hash = null;
        reader.Events(seq - 1, seq, (_, _, _, data) => hash = AckMessage.HashOf(data));
        return hash;
    }

    public void Dispose() => reader.Dispose();
}
