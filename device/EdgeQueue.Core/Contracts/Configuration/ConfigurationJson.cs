using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>The branch configuration as JSON, in the form of <see cref="JsonForm"/>.</summary>
public static class ConfigurationJson
{
    public static JsonSerializerOptions Options { get; } = JsonForm.Build(ConfigurationJsonContext.Default, TypeNames.Apply);

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Info<T>());

    /// <summary>Reads one value; a fault is a value with a sentence and the JSON path, never an exception.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class => JsonForm.TryRead(utf8, Info<T>(), out value, out fault);

    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(MomentConverter), typeof(NameSetConverter)])]
[JsonSerializable(typeof(BranchConfiguration))]
internal sealed partial class ConfigurationJsonContext : JsonSerializerContext;
