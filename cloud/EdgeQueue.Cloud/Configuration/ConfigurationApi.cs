using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Cloud.Configuration;

/// <param name="Standing">applied, waiting, rejected, changed (at the branch), own (nothing was uploaded), unknown (the branch has not said).</param>
/// <param name="Wanted">Revision of the last upload; null: none.</param>
/// <param name="InForce">Revision that the branch said it runs; null: it has not said.</param>
/// <param name="Faults">Why the branch does not take what is wanted.</param>
internal sealed record ConfigurationItem(string Branch, string Standing, string Sentence, long? Wanted, long? InForce, string? Sha256, IReadOnlyList<FaultItem> Faults);

/// <param name="Path">JSON path.</param>
internal sealed record FaultItem(string Path, int Line, string Sentence);

internal sealed record UploadedConfiguration(string Branch, long Revision, string Changes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConfigurationItem))]
[JsonSerializable(typeof(UploadedConfiguration))]
[JsonSerializable(typeof(IReadOnlyList<FaultItem>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ConfigurationApiJson : JsonSerializerContext;

/// <summary>The same for programs.</summary>
internal sealed class ConfigurationApi(ConfigurationStore store, ConfigurationUpload upload)
{
    public async Task<IResult> OneAsync(KeyInUse key, string branch, CancellationToken cancellation)
    {
        if (await store.BranchAsync(branch, key.Sees, cancellation) is not { } found)
        {
            return ApiFault.NoBranch;
        }

        ConfigurationState state = await store.StateAsync(found.Id, cancellation);
        IReadOnlyList<ConfigurationVersion> versions = await store.VersionsAsync(found.Id, cancellation);
        (string word, string sentence) = ConfigurationPages.Standing(state, versions.Count > 0 ? versions[0] : null);
        return TypedResults.Ok(new ConfigurationItem(
            branch, word, sentence, state.Wanted == 0 ? null : state.Wanted, state.Held == 0 ? null : state.Held, state.HeldSha256.Length == 0 ? null : state.HeldSha256,
            word == "rejected" ? Items(ConfigurationPages.FaultsOf(state)) : []));
    }

    public async Task<IResult> PutAsync(KeyInUse key, string branch, HttpContext context)
    {
        if (await store.BranchAsync(branch, key.Sees, context.RequestAborted) is not { } found)
        {
            return ApiFault.NoBranch;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > BranchConfigurationLoader.MaximumLength)
        {
            return ApiFault.Wrong("A configuration has at most 1 MiB.");
        }

        UploadOutcome outcome = await upload.TakeAsync(found, body.ToArray(), Actor.Of(context), context.RequestAborted);
        return outcome.Revision > 0
            ? TypedResults.Ok(new UploadedConfiguration(branch, outcome.Revision, outcome.Summary))
            : Results.Problem("Nothing was changed. All that is wrong with it is in 'faults'.", statusCode: 422, title: "Not taken", extensions: new Dictionary<string, object?> { ["faults"] = Items(outcome.Faults) });
    }

    private static IReadOnlyList<FaultItem> Items(IReadOnlyList<ConfigurationFault> faults) => [.. faults.Select(f => new FaultItem(f.Path, f.Line, f.Sentence))];
}
