using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// A set of names as a list, sorted, so that the same set is the same bytes. The JSON generator writes an
/// <see cref="IReadOnlySet{T}"/> but cannot read one, which would make a journal that holds rules unreadable.
/// </summary>
public sealed class NameSetConverter : JsonConverter<IReadOnlySet<string>>
{
    public override IReadOnlySet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A set of names is a list.");
        }

        var names = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? names : throw new JsonException("A name is a text.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.Order(StringComparer.Ordinal))
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
