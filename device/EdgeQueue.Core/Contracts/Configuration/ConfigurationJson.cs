using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>The branch configuration as JSON, in the form of <see cref="JsonForm{TTables}"/>.</summary>
public sealed class ConfigurationJson : JsonForm<ConfigurationJson>, IJsonTables
{
    private ConfigurationJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => ConfigurationJsonContext.Default;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BranchConfiguration))]
internal sealed partial class ConfigurationJsonContext : JsonSerializerContext;
