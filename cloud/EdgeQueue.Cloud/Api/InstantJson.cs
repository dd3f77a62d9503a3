using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Cloud.Api;

/// <summary>A time that somebody asks for says itself how far it is from UTC (RFC 3339): .NET would take one that does not in the time zone of this server.</summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset value) && HasOffset(reader.GetString()!) ? value : throw new NoInstant();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>The same in an address; null: it is none.</summary>
    public static DateTimeOffset? Of(string? text) =>
        text is { Length: >= 20 } && HasOffset(text)
        && DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset value)
            ? value : null;

    /// <param name="text">A time that can be read.</param>
    private static bool HasOffset(string text) => text.Contains('T') && (text[^1] == 'Z' || text[^6] is '+' or '-');
}

/// <summary>Its sentence is for the one who sent it.</summary>
internal sealed class NoInstant() : JsonException("A time is written with its offset from UTC, as 2026-11-24T09:00:00+01:00 or 2026-11-24T08:00:00Z.");
