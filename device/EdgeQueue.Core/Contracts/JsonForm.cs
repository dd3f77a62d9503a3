using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// How everything is written as JSON: camelCase, enums by name, moments as milliseconds, unknown properties ignored (a newer
/// sender may say more).
/// </summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Build(JsonSerializerContext context, Action<JsonTypeInfo> modify)
    {
        var options = new JsonSerializerOptions(context.Options)
        {
            // Labels and names in any script stay readable in mosquitto_sub; nothing here is put into HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = context.WithAddedModifier(modify),
            MaxDepth = 16,
        };
        options.MakeReadOnly();
        return options;
    }

    public static bool TryRead<T>(
        ReadOnlySpan<byte> utf8, JsonTypeInfo<T> info, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(utf8, info);
            fault = value is null ? "null is not a message." : null;
            return value is not null;
        }
        // NotSupportedException: a command or event without its "type".
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            value = null;
            fault = e.Message;
            return false;
        }
    }
}

/// <summary>Milliseconds as a plain number.</summary>
public sealed class MomentConverter : JsonConverter<Moment>
{
    public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Milliseconds);
}
