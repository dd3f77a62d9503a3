using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>One journal within a transaction: its watermark is locked, and what is beyond it is taken in order.</summary>
internal sealed class JournalWork(long id, long seq, string hash, byte[] openBytes)
{
    private const long DayMs = 86_400_000;

    private readonly OpenVisits _open = OpenVisits.Read(openBytes);
    private long _lastAt;

    public long Id => id;

    public long Seq { get; private set; } = seq;

    public string Hash { get; private set; } = hash;

    public bool Changed { get; private set; }

    /// <summary>Visits beyond the most that are kept.</summary>
    public long Forgotten => _open.Forgotten;

    public object[] Row(long now) => [Id, Seq, Hash, _open.Write(_lastAt), now];

    public void Take(long branch, ArrivedBatch arrived, StoreRows rows)
    {
        EventBatch batch = arrived.Batch;
        if (batch.First > Seq + 1)
        {
            // A gap: the answer says from where.
            return;
        }

        for (int i = (int)Math.Min(batch.Events.Count, Seq + 1 - batch.First); i < batch.Events.Count; i++)
        {
            Seq++;
            Changed = true;
            Take(branch, arrived, batch.Events[i], rows);
        }

        if (Changed && batch.Events.Count > 0 && batch.Last == Seq)
        {
            Hash = AckMessage.HashOf(batch.Events[^1].Span);
        }
    }

    private void Take(long branch, ArrivedBatch arrived, ReadOnlyMemory<byte> bytes, StoreRows rows)
    {
        (string type, long at) = Head(bytes.Span);
        // Stored as it came; only what is not text at all is made text, for PostgreSQL would refuse it together with the events of all the others.
        ReadOnlyMemory<byte> data = Utf8.IsValid(bytes.Span) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
        _lastAt = at;
        Event? happened = null;
        try
        {
            happened = EventJson.NameOf(type) is { } known ? EventJson.Read(known, StorableText.OfJson(bytes)) : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            // Of a known type and not readable: kept for a release that can.
        }

        if (happened is null)
        {
            rows.Uncounted.Add([Id, Seq, type, data]);
        }
        else
        {
            Tally.Count(branch, happened, _open, rows.Sums);
        }

        if (happened is BookingPlaced { Booking.PhoneHash: not null } placed)
        {
            // Its key is kept by this cloud: with the key a hash is as good as the number, and erasing a person does not reach in here.
            data = EventJson.Write(placed with { Booking = placed.Booking with { PhoneHash = null } });
        }

        rows.Events.Add([Id, Seq, (at + _open.ClockOffsetMs) / DayMs, at, type, data]);
        rows.Follow(new StoredEvent(branch, arrived.Branch, arrived.Batch.Journal, Seq, at, type, happened, at + _open.ClockOffsetMs));
    }

    /// <summary>Type and time of any event, known or not; what has neither is of the type '?'.</summary>
    private static (string Type, long At) Head(ReadOnlySpan<byte> bytes)
    {
        string type = "?";
        long at = 0;
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8);
                bool isAt = reader.ValueTextEquals("at"u8);
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 64)
                {
                    string name = reader.GetString()!;
                    type = EventJson.NameOf(name) ?? StorableText.Of(name);
                }
                else if (isAt && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
                {
                    at = number;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (InvalidOperationException)
        {
            // A string that is not text: the type stays unknown.
        }

        return (type, at);
    }
}
