using System.Text.Json;

namespace EdgeQueue.Cloud.Storage;

/// <summary>
/// What both databases can keep as text: everything but NUL, which PostgreSQL refuses together with the whole statement. Each string that comes
/// from a branch goes through here before it is a value.
/// </summary>
public static class StorableText
{
    public static string Of(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    /// <summary>The same JSON with no NUL in any of its strings; the very bytes when there is none, which is always so for a hub of ours.</summary>
    /// <param name="json">UTF-8, well-formed: there a NUL can only stand as an escape.</param>
    /// <exception cref="JsonException">It is not well-formed.</exception>
    public static ReadOnlySpan<byte> OfJson(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\u0000"u8) < 0)
        {
            return json.Span;
        }

        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Copy(document.RootElement, writer);
        }

        return stream.ToArray();
    }

    private static void Copy(JsonElement from, Utf8JsonWriter to)
    {
        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                to.WriteStartObject();
                foreach (JsonProperty property in from.EnumerateObject())
                {
                    to.WritePropertyName(Of(property.Name));
                    Copy(property.Value, to);
                }

                to.WriteEndObject();
                break;
            case JsonValueKind.Array:
                to.WriteStartArray();
                foreach (JsonElement item in from.EnumerateArray())
                {
                    Copy(item, to);
                }

                to.WriteEndArray();
                break;
            case JsonValueKind.String:
                to.WriteStringValue(Of(from.GetString()!));
                break;
            default:
                from.WriteTo(to);
                break;
        }
    }
}
