using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Core.Contracts.Cloud;

/// <summary>On <c>config</c>, cloud to hub: the configuration that the branch is to have. Its revision is its version; a hub that has it, or a later one, ignores it.</summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Revision">As in the document.</param>
/// <param name="Sha256">Of the document, 64 lower-case hexadecimal digits.</param>
/// <param name="Document">The branch's JSON file, see <see cref="PackedConfiguration"/>.</param>
/// <param name="Over">SHA-256 of what the hub had told when this was made; empty or null: nothing. A hub that runs another one lets go of no device by it.</param>
public sealed record ConfigurationMessage(int V, long Revision, string Sha256, string Document, string? Over = null);

/// <summary>
/// On <c>config/held</c>, hub to cloud: which configuration is in force. Said when the hub connects, after each <see cref="ConfigurationMessage"/>, and
/// when the file was changed at the branch.
/// </summary>
/// <param name="Revision">In force.</param>
/// <param name="Sha256">Of the file in force.</param>
/// <param name="Document">That file; null: it is too large to be told.</param>
/// <param name="Rejected">Why the one that was told is not used; null: nothing was told, or it is in force.</param>
/// <param name="Number">Rises with each report over this journal, restarts included: two that overtook one another are told apart; null: a hub that does not say it.</param>
public sealed record ConfigurationReport(
    int V, string Journal, long Revision, string Sha256, string? Document = null, ConfigurationRejection? Rejected = null, long? Number = null)
{
    /// <summary>The n-th report of a start.</summary>
    public static long NumberOf(long start, uint report) => (start << 32) + report;
}

/// <param name="Faults">At most 50.</param>
/// <param name="MoreFaults">How many more there are; null: none.</param>
public sealed record ConfigurationRejection(long Revision, string Sha256, IReadOnlyList<ConfigurationFault> Faults, int? MoreFaults = null)
{
    public const int MostFaults = 50;

    public static ConfigurationRejection Of(long revision, string sha256, IReadOnlyList<ConfigurationFault> faults) =>
        new(revision, sha256, [.. faults.Take(MostFaults)], faults.Count > MostFaults ? faults.Count - MostFaults : null);
}
