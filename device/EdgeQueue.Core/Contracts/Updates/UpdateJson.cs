using System.Text.Json.Serialization;
using EdgeQueue.Core.Updates;

namespace EdgeQueue.Core.Contracts.Updates;

/// <summary>What cloud, hub and devices say of updates, and what hub and devices keep of them: in tables of its own, so that it weighs nothing in a node.</summary>
public sealed class UpdateJson : JsonForm<UpdateJson>, IJsonTables
{
    private UpdateJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => UpdateJsonContext.Default;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(UpdateOrder))]
[JsonSerializable(typeof(UpdateState))]
[JsonSerializable(typeof(UpdateWish))]
[JsonSerializable(typeof(UpdateReport))]
[JsonSerializable(typeof(RolloutState))]
[JsonSerializable(typeof(UpdaterFile))]
[JsonSerializable(typeof(UpdaterRecord))]
internal sealed partial class UpdateJsonContext : JsonSerializerContext;
