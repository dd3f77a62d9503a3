using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// Tickets that were printed while the hub was away, from a store that was wiped before it could tell of them: only the paper knows.
/// Whoever holds one is called by its label, as a person at the counter reads it, and recorded with that. Never from a block of a store that may
/// still tell, or whose numbers an unknown store may hold (a fork's).
/// </summary>
internal static class LostPapers
{
    /// <returns>Null: <paramref name="paper"/> is the one; else the refusal of a label that is none either.</returns>
    public static Refusal? Find(BranchState state, BranchRules rules, string typed, Moment at, out TicketIssued paper)
    {
        string[] labels = [typed, .. TypedLabel.OfNumber(rules, typed)];
        var found = state.LeasesById.Values
            .Where(l => l.Store.Length > 0 && rules.Services.ContainsKey(l.Service) && OfflineNumbers.IsDoubtful(state, l))
            .SelectMany(lease => labels.Select(label => (Lease: lease, Number: NumberOf(lease, label))))
            .Where(f => f.Number is { } number && !f.Lease.Used.Contains(number) && !state.VisitsByLabel.ContainsKey(f.Lease.Label(number)))
            .Select(f => (f.Lease, Number: f.Number!.Value))
            .Distinct()
            .ToList();
        if (found is not [var (lease, number)])
        {
            paper = null!;
            return found.Count == 0
                ? Refusal.UnknownLabel(typed)
                : Refusal.SeveralTickets(typed, found.Select(f => f.Lease.Label(f.Number)).Order(StringComparer.Ordinal));
        }

        var service = rules.Services[lease.Service];
        paper = new TicketIssued(
            state.LastVisit + 1, lease.Label(number), lease.Prefix, number, lease.Service, null, service.Priority, service.TargetMs,
            service.MeanServiceMs, rules.Policy.Language, null, $"paper-{lease.Id}-{number.ToString(CultureInfo.InvariantCulture)}", lease.Id,
            at, Estimated: true, Queued: true, at);
        return null;
    }

    private static int? NumberOf(Lease lease, string label) =>
        label.StartsWith(lease.Prefix, StringComparison.Ordinal)
        && int.TryParse(label.AsSpan(lease.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && lease.Contains(number) && lease.Label(number) == label
            ? number
            : null;
}
