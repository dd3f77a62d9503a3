using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>What dispensers can still lease of a prefix, and which leases nobody may ever come back with.</summary>
/// <param name="Service">The first service with this prefix.</param>
/// <param name="Free">Offline numbers that no lease covers.</param>
/// <param name="Doubtful">
/// Ids of unfinished leases whose unit has leased with another store since, or that a fork set aside. Only a person can know
/// whether their store is gone (law 4): they stay excluded until they are revoked.
/// </param>
public sealed record OfflineNumbers(string Prefix, string Service, int Free, IReadOnlyList<string> Doubtful)
{
    /// <summary>Prefixes with less than one block free, where revoking could help.</summary>
    public static IReadOnlyList<OfflineNumbers> Scarce(BranchState state) =>
        state.Rules is not { } rules
            ? []
            :
            [
                .. rules.Services.OrderBy(s => s.Key, StringComparer.Ordinal).DistinctBy(s => s.Value.Prefix)
                    .Select(s => Of(state, s.Key, s.Value))
                    .Where(n => n.Free < rules.Policy.LeaseBlock && n.Doubtful.Count > 0),
            ];

    /// <summary>Nobody has said that the store is gone, but there is reason to ask.</summary>
    public static bool IsDoubtful(BranchState state, Lease lease) =>
        lease is { Revoked: false, Complete: false }
        && (lease.Store.Length == 0 || state.LeasesById.Values.Any(
            l => l.Node == lease.Node && l.Unit == lease.Unit && l.Store != lease.Store && Order(l) > Order(lease)));

    private static OfflineNumbers Of(BranchState state, string name, ServiceRules service)
    {
        var leases = state.LeasesById.Values.Where(l => l.Prefix == service.Prefix).ToList();
        var taken = leases.Sum(
            l => Math.Max(0, Math.Min(l.Last, service.OfflineLast) - Math.Max(l.First, service.OfflineFirst) + 1));
        return new(
            service.Prefix, name, Math.Max(0, service.OfflineLast - service.OfflineFirst + 1) - taken,
            [.. leases.Where(l => IsDoubtful(state, l)).OrderBy(Order).Select(l => l.Id)]);
    }

    // "lease-12" was given before "lease-13".
    private static long Order(Lease lease) =>
        long.TryParse(lease.Id.AsSpan(lease.Id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
