using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>What hub and cloud say to each other: in tables of its own, so that it weighs nothing in a node.</summary>
public sealed class LinkJson : JsonForm<LinkJson>, IJsonTables
{
    private LinkJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => LinkJsonContext.Default;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AckMessage))]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(ConfigurationMessage))]
[JsonSerializable(typeof(ConfigurationReport))]
[JsonSerializable(typeof(ConfigurationRejection))]
internal sealed partial class LinkJsonContext : JsonSerializerContext;
