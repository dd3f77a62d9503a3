using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>What came of an upload.</summary>
/// <param name="Revision">0: it was not taken, and nothing was changed.</param>
/// <param name="Summary">What is different from the one before.</param>
internal sealed record UploadOutcome(long Revision, string Summary, IReadOnlyList<ConfigurationFault> Faults)
{
    public static UploadOutcome Not(params IReadOnlyList<ConfigurationFault> faults) => new(0, "", faults);
}

/// <summary>A configuration is looked at here by the loader that its hub has, all faults at once, before it is a version and is told.</summary>
internal sealed class ConfigurationUpload(ConfigurationStore store)
{
    /// <summary>What the next one is made of: what the branch runs, or what was uploaded since; null: neither is known.</summary>
    public async Task<byte[]?> LatestAsync(ConfiguredBranch branch, ConfigurationState state, CancellationToken cancellation) =>
        state is { HeldDocument.Length: > 0 } && state.Held >= state.Wanted ? state.HeldDocument : await store.DocumentAsync(branch.Id, state.Wanted, cancellation);

    public async Task<UploadOutcome> TakeAsync(ConfiguredBranch branch, byte[] given, Actor who, CancellationToken cancellation)
    {
        ConfigurationState state = await store.StateAsync(branch.Id, cancellation);
        byte[]? before = await LatestAsync(branch, state, cancellation);
        byte[] document = PinHashes.With(given, before, out IReadOnlyList<string> missing);
        if (missing.Count > 0)
        {
            return UploadOutcome.Not([.. missing.Select(m => new ConfigurationFault("$.operators", 1, $"The PIN of '{m}' is '{PinHashes.Set}', which means as it is, and none is known here. Give a hash ('edgequeue pin' makes one)."))]);
        }

        if (!BranchConfigurationLoader.TryLoad(document, id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out LoadedBranch? loaded, out IReadOnlyList<ConfigurationFault> faults))
        {
            return UploadOutcome.Not(faults);
        }

        long revision = loaded.Configuration.Revision;
        if (loaded.Configuration.Branch != branch.Name)
        {
            return Not("$.branch", $"This is branch '{branch.Name}'. The name of a branch cannot change.");
        }

        if (revision <= state.Held && state.Held > state.Wanted)
        {
            return Not("$.revision", FormattableString.Invariant($"The branch runs revision {state.Held}, which was made there. Begin with that one, and give yours {state.Held + 1} or more."));
        }

        if (revision <= state.Wanted)
        {
            return Not("$.revision", FormattableString.Invariant($"Revision {state.Wanted} was uploaded before. Give yours {state.Wanted + 1} or more."));
        }

        if (PackedConfiguration.Pack(document) is null)
        {
            return Not("$", "It is too large to be sent: packed it has more than 670 kB.");
        }

        if (await LostAsync(branch.Id, state, document, cancellation) is { Count: > 0 } lost)
        {
            return Not("$.nodes", $"These devices were added at the branch and are not in it: {string.Join(", ", lost)}. Begin with the file that the branch runs; take them away afterwards if you mean it.");
        }

        string summary = ConfigurationDiff.Of(before, document);
        return await store.AddAsync(branch, revision, PackedConfiguration.HashOf(document), document, state.HeldSha256, summary, who, cancellation)
            ? new(revision, summary, [])
            : Not("$.revision", "Somebody uploaded another one just now. Look at that one first.");
    }

    /// <summary>Devices that somebody claimed at the branch, and that nobody here has seen: an older file would throw them out.</summary>
    private async Task<IReadOnlyList<string>> LostAsync(long branch, ConfigurationState state, byte[] document, CancellationToken cancellation)
    {
        if (state.HeldDocument.Length == 0)
        {
            return [];
        }

        string[] gone = [.. ConfigurationDiff.Nodes(state.HeldDocument).Except(ConfigurationDiff.Nodes(document)).Order(StringComparer.Ordinal)];
        if (gone.Length == 0)
        {
            return [];
        }

        return [.. gone.Except((await store.DocumentsAsync(branch, cancellation)).SelectMany(ConfigurationDiff.Nodes))];
    }

    private static UploadOutcome Not(string path, string sentence) => UploadOutcome.Not(new ConfigurationFault(path, 1, sentence));
}
