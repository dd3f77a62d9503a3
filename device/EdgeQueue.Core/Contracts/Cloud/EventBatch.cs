using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>
/// On <c>events</c>, hub to cloud: journal events as the journal has them, byte for byte, so that one of a type that the cloud does not
/// know yet is kept whole. Written and read by hand: an ingester reads thousands a second and wants the pieces, not the objects.
/// </summary>
/// <param name="Number">Of the batch in this hub process, given back in the <see cref="AckMessage"/>: an answer to an earlier one moves nothing.</param>
/// <param name="First">Sequence number of the first event; the others follow without a gap.</param>
/// <param name="Ancestors">Journals that this one was forked from, and their last event that is here too: those are not stored again.</param>
/// <param name="Events">None: the hub only asks how far the cloud is.</param>
public sealed record EventBatch(
    string Journal, long Number, long First, IReadOnlyList<JournalPosition> Ancestors, IReadOnlyList<ReadOnlyMemory<byte>> Events)
{
    /// <summary>Events of one batch.</summary>
    public const int MostEvents = 200;

    /// <summary>Bytes of one batch, unless a single event is larger.</summary>
    public const int MostBytes = 128 * 1024;

    private const int MostAncestors = 32;

    /// <summary>Sequence number of the last event; <c>First - 1</c> when there is none.</summary>
    public long Last => First + Events.Count - 1;

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(256 + Events.Sum(e => e.Length + 1));
        Put(buffer, string.Create(CultureInfo.InvariantCulture, $"{{\"v\":1,\"journal\":\"{Journal}\",\"number\":{Number},\"first\":{First},\"ancestors\":["));
        for (int i = 0; i < Ancestors.Count; i++)
        {
            Put(buffer, string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"journal\":\"{Ancestors[i].Journal}\",\"seq\":{Ancestors[i].Seq}}}"));
        }

        Put(buffer, "],\"events\":[");
        for (int i = 0; i < Events.Count; i++)
        {
            if (i > 0)
            {
                Put(buffer, ",");
            }

            buffer.Write(Events[i].Span);
        }

        Put(buffer, "]}");
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one; the events are slices of <paramref name="utf8"/>. A fault is a sentence, never an exception.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out EventBatch? batch, [NotNullWhen(false)] out string? fault)
    {
        batch = null;
        try
        {
            batch = Read(utf8);
            fault = batch switch
            {
                { Journal.Length: not (> 0 and <= 64) } => "the journal's id is missing or too long.",
                { First: < 1 } => "the first event has no number.",
                { Events.Count: > MostEvents } => $"more than {MostEvents} events.",
                { Ancestors.Count: > MostAncestors } => $"more than {MostAncestors} ancestors.",
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            batch = null;
        }

        return batch is not null;
    }

    private static EventBatch Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span);
        string journal = "";
        long number = 0;
        long first = 0;
        long version = 0;
        List<JournalPosition> ancestors = [];
        List<ReadOnlyMemory<byte>> events = [];
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "v": version = reader.GetInt64(); break;
                case "journal": journal = reader.GetString() ?? ""; break;
                case "number": number = reader.GetInt64(); break;
                case "first": first = reader.GetInt64(); break;
                case "ancestors": Each(ref reader, utf8, piece => ancestors.Add(Position(piece))); break;
                case "events": Each(ref reader, utf8, events.Add); break;
                default: reader.Skip(); break;
            }
        }

        return version == 1 ? new(journal, number, first, ancestors, events) : throw new JsonException("its version is not 1.");
    }

    private static void Each(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, Action<ReadOnlyMemory<byte>> take)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a list was expected.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int from = (int)reader.TokenStartIndex;
            reader.Skip();
            take(utf8[from..(int)reader.BytesConsumed]);
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException("a list of objects was expected.");
        }
    }

    private static JournalPosition Position(ReadOnlyMemory<byte> piece)
    {
        using JsonDocument document = JsonDocument.Parse(piece);
        return new(document.RootElement.GetProperty("journal").GetString() ?? "", document.RootElement.GetProperty("seq").GetInt64());
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException("this is not a batch of events.");
        }
    }

    private static void Put(ArrayBufferWriter<byte> buffer, string text) => Encoding.UTF8.GetBytes(text, buffer);
}
