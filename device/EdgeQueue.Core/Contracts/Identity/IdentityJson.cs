using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>Messages about certificates as JSON, in the form of <see cref="JsonForm{TTables}"/>; only the registrar and the technician's tool read them.</summary>
public sealed class IdentityJson : JsonForm<IdentityJson>, IJsonTables
{
    private IdentityJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => IdentityJsonContext.Default;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RenewalWanted))]
[JsonSerializable(typeof(RenewalRequest))]
[JsonSerializable(typeof(RenewalAnswer))]
[JsonSerializable(typeof(ClaimHello))]
[JsonSerializable(typeof(ClaimCommitment))]
[JsonSerializable(typeof(ClaimOffer))]
[JsonSerializable(typeof(ClaimReveal))]
[JsonSerializable(typeof(ClaimAnswer))]
[JsonSerializable(typeof(ClaimSignature))]
[JsonSerializable(typeof(DeskRequest))]
[JsonSerializable(typeof(DeskAnswer))]
internal sealed partial class IdentityJsonContext : JsonSerializerContext;
