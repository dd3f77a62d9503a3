namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    /// <summary>A copy that shares only immutable records with the state: safe to write elsewhere while the loop goes on.</summary>
    public BranchSnapshot ToSnapshot() => new(
        BranchSnapshot.CurrentForm, Day, DayOpenedAt, ClosesAt, Clock, Rules, Evacuating, LastVisit, LastLease, ForkedOnDay, ForkSkip,
        [.. NextNumbers.Select(n => new PrefixNumber(n.Key, n.Value))],
        [.. NextOffline.Select(n => new PrefixNumber(n.Key, n.Value))],
        [.. ForkNext.Select(n => new PrefixNumber(n.Key, n.Value))],
        [.. VisitsByNumber.Values.OrderBy(v => v.Number)],
        [.. Counters],
        [.. LeasesById.Values],
        [.. Presses.Values.OrderBy(p => p.Press, StringComparer.Ordinal)],
        [.. CallsByZone.Where(z => z.Value.Count > 0).OrderBy(z => z.Key, StringComparer.Ordinal)
            .Select(z => new ZoneCalls(z.Key, z.Value.ToArray()))],
        VisitsToSnapshot(), CallingToSnapshot());

    /// <summary>The state that a snapshot was taken of.</summary>
    /// <exception cref="NotSupportedException">The snapshot has the form of another release: replay the journal instead.</exception>
    public static BranchState FromSnapshot(BranchSnapshot snapshot)
    {
        if (snapshot.Form != BranchSnapshot.CurrentForm)
        {
            throw new NotSupportedException(
                $"The snapshot has form {snapshot.Form}, this release reads {BranchSnapshot.CurrentForm}. Replay the journal instead.");
        }

        var state = new BranchState
        {
            Day = snapshot.Day,
            DayOpenedAt = snapshot.DayOpenedAt,
            ClosesAt = snapshot.ClosesAt,
            Clock = snapshot.Clock,
            Rules = snapshot.Rules,
            Evacuating = snapshot.Evacuating,
            LastVisit = snapshot.LastVisit,
            LastLease = snapshot.LastLease,
            ForkedOnDay = snapshot.ForkedOnDay,
            ForkSkip = snapshot.ForkSkip,
        };
        foreach (var (prefix, next) in snapshot.NextNumbers)
        {
            state.NextNumbers[prefix] = next;
        }

        foreach (var (prefix, next) in snapshot.NextOffline)
        {
            state.NextOffline[prefix] = next;
        }

        foreach (var (prefix, next) in snapshot.ForkNext)
        {
            state.ForkNext[prefix] = next;
        }

        foreach (var visit in snapshot.Visits)
        {
            state.VisitsByNumber[visit.Number] = visit;
            if (visit.Phase != VisitPhase.Recorded)
            {
                state.VisitsByLabel[visit.Label] = visit.Number;
            }

            Evolve.Enter(state, visit);
            Evolve.Enroll(state, visit);
        }

        foreach (var counter in snapshot.Counters)
        {
            state.CountersById[counter.Id] = counter;
        }

        foreach (var lease in snapshot.Leases)
        {
            state.LeasesById[lease.Id] = lease;
        }

        foreach (var press in snapshot.Presses)
        {
            state.Presses[press.Press] = press;
        }

        foreach (var zone in snapshot.Zones)
        {
            var board = state.CallsByZone[zone.Zone] = new();
            foreach (var call in zone.Calls.Reverse())
            {
                board.Show(call);
            }
        }

        state.VisitsFromSnapshot(snapshot.VisitLife);
        state.CallingFromSnapshot(snapshot.Calling);

        return state;
    }
}
