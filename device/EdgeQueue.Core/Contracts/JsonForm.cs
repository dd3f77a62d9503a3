using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>What is written in one form has its own tables, so that a program holds only those of what it reads.</summary>
public interface IJsonTables
{
    /// <summary>The generated tables of its types.</summary>
    static abstract JsonSerializerContext Tables { get; }
}

/// <summary>
/// How everything is written as JSON: camelCase, enums by name, moments as milliseconds, unknown properties ignored (a newer
/// sender may say more). Commands and events carry <c>type</c> first; their names are listed in <see cref="TypeNames"/>.
/// </summary>
public abstract class JsonForm<TTables>
    where TTables : IJsonTables
{
    public static JsonSerializerOptions Options { get; } = Build();

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Info<T>());

    /// <summary>Reads one value; a fault is a value with a sentence and the JSON path, never an exception.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(utf8, Info<T>());
            fault = value is null ? "null is not a message." : null;
            return value is not null;
        }
        // NotSupportedException: a command or event without its "type".
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            value = null;
            fault = e is JsonException broken ? JsonWords.WithPlace(broken) : e.Message;
            return false;
        }
    }

    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(TTables.Tables.Options)
        {
            // Labels and names in any script stay readable in mosquitto_sub; nothing here is put into HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = TTables.Tables.WithAddedModifier(TypeNames.Apply),
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new MomentConverter(), new NameSetConverter() },
            MaxDepth = 16,
        };
        options.MakeReadOnly();
        return options;
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
