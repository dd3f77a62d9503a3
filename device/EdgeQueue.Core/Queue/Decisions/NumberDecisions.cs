using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>Numbers that dispensers hold of their own, and numbers that a lost journal may have given.</summary>
internal static class NumberDecisions
{
    private const int BlocksPerStore = 2;

    public static Decision Lease(BranchState state, BranchRules rules, LeaseNumbers c)
    {
        if (c.Store.Length is 0 or > 128)
        {
            return Decision.Refuse(Refusal.Invalid("A lease needs the id of the store that will keep it, at most 128 characters."));
        }

        var events = new List<Event>();
        var granted = new List<(string Prefix, int First, int Last)>();
        var cursors = new Dictionary<string, int>();
        string? without = null;
        foreach (var (name, service) in rules.Services.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var outstanding = state.LeasesById.Values.Count(
                l => l.Store == c.Store && l.Service == name && l is { Complete: false, Revoked: false });
            if (service.OfflineLast < service.OfflineFirst || outstanding >= BlocksPerStore
                || c.Remaining.GetValueOrDefault(name) * 2L >= rules.Policy.LeaseBlock)
            {
                continue;
            }

            var from = cursors.TryGetValue(service.Prefix, out var cursor)
                ? cursor
                : state.NextOffline.GetValueOrDefault(service.Prefix, service.OfflineFirst);
            if (FreeRun(state, service, from, rules.Policy.LeaseBlock, granted) is not { } run)
            {
                without ??= name;
                continue;
            }

            granted.Add((service.Prefix, run.First, run.Last));
            cursors[service.Prefix] = run.Last + 1;
            events.Add(new NumbersLeased(
                LeaseId(state, "lease", events.Count), c.Node, c.Unit, c.Store, name, service.Prefix, service.Digits, run.First,
                run.Last, c.At));
        }

        return events.Count == 0 && without is not null
            ? Decision.Refuse(Refusal.NoNumbersToLease(without))
            : Decision.Accept(events);
    }

    public static Decision Revoke(BranchState state, RevokeLease c) =>
        !state.LeasesById.TryGetValue(c.Lease, out var lease) ? Decision.Refuse(Refusal.UnknownLease(c.Lease))
        : lease.Revoked ? Decision.Accept()
        : Decision.Accept(new LeaseRevoked(c.Lease, c.At));

    /// <summary>
    /// Besides the ordinary numbers (<see cref="Evolve"/>), offline blocks that the lost events may have leased are set aside
    /// for whichever store turns up with them; a technician revokes what is left.
    /// </summary>
    public static Decision Fork(BranchState state, ForkJournal c)
    {
        if (c.Skip < 0)
        {
            return Decision.Refuse(Refusal.Invalid("The number of labels to skip is negative."));
        }

        if (ForkNumbers.Next(state, c.Last ?? [], out var next) is { } fault)
        {
            return Decision.Refuse(Refusal.Invalid(fault));
        }

        var forked = new JournalForked(c.FromJournal, c.FromSeq, c.ToJournal, c.Skip, c.At, next.Count == 0 ? null : next);
        if (!c.AcceptExhaustion && ForkNumbers.Exhausted(state, forked) is { Count: > 0 } exhausted)
        {
            return Decision.Refuse(Refusal.ForkExhausts(exhausted));
        }

        var events = new List<Event> { forked };
        if (state.Rules is { } rules)
        {
            var granted = new List<(string Prefix, int First, int Last)>();
            foreach (var (name, service) in rules.Services.OrderBy(s => s.Key, StringComparer.Ordinal).DistinctBy(s => s.Value.Prefix))
            {
                var from = state.NextOffline.GetValueOrDefault(service.Prefix, service.OfflineFirst);
                var left = (long)c.Skip * Math.Max(1, rules.Policy.LeaseBlock);
                while (left > 0 && FreeRun(state, service, from, (int)Math.Min(left, int.MaxValue), granted) is { } run)
                {
                    granted.Add((service.Prefix, run.First, run.Last));
                    left -= run.Last - run.First + 1;
                    from = run.Last + 1;
                    events.Add(new NumbersLeased(
                        LeaseId(state, "fork", events.Count - 1 + (long)c.Skip), "", "", "", name, service.Prefix, service.Digits,
                        run.First, run.Last, c.At));
                }
            }
        }

        return Decision.Accept(events);
    }

    private static string LeaseId(BranchState state, string kind, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{state.LastLease + 1 + offset}");

    /// <summary>A paper of an earlier day whose block was given up meanwhile: its number is in no block, and somebody holds it today.</summary>
    private static bool IsOf(ServiceRules service, Visit visit) => visit.Label == TicketLabel.Of(service.Prefix, visit.LabelNumber, service.Digits);

    /// <summary>Next fit: the first run of free numbers at or after the cursor, then from the beginning.</summary>
    private static (int First, int Last)? FreeRun(
        BranchState state, ServiceRules service, int cursor, int most, List<(string Prefix, int First, int Last)> granted)
    {
        var taken = state.LeasesById.Values
            .Where(l => l.Prefix == service.Prefix)
            .Select(l => (l.First, l.Last))
            .Concat(granted.Where(g => g.Prefix == service.Prefix).Select(g => (g.First, g.Last)))
            .Concat(state.Visits.Where(v => v.Lease == OfflineDecisions.NoLease && IsOf(service, v)).Select(v => (First: v.LabelNumber, Last: v.LabelNumber)))
            .OrderBy(t => t.First)
            .ToList();
        var start = Math.Clamp(cursor, service.OfflineFirst, service.OfflineLast);
        return cursor > service.OfflineLast
            ? RunFrom(service.OfflineFirst)
            : RunFrom(start) ?? RunFrom(service.OfflineFirst);

        (int, int)? RunFrom(int first)
        {
            foreach (var (takenFirst, takenLast) in taken)
            {
                if (takenFirst > first)
                {
                    return Run(first, takenFirst - 1);
                }

                first = Math.Max(first, takenLast + 1);
            }

            return first <= service.OfflineLast ? Run(first, service.OfflineLast) : null;
        }

        (int, int)? Run(int first, int free) =>
            first > service.OfflineLast || most < 1
                ? null
                : (first, (int)Math.Min(Math.Min(free, service.OfflineLast), first + (long)most - 1));
    }
}
