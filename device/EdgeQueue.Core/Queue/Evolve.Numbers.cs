namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void Issued(BranchState state, TicketIssued e)
    {
        var visit = new Visit(
            e.Visit, e.Label, e.Number, state.Day, e.Segment, e.Language, e.Person, e.Press, e.Lease, e.At, e.WaitingSince,
            e.Estimated, new Place(e.Queued ? state.Waiters.NameOf(e.Service) : e.Service, e.Priority, e.TargetMs, e.MeanServiceMs, e.WaitingSince), false,
            e.Queued ? VisitPhase.Waiting : VisitPhase.Recorded, e.WaitingSince,
            null, null, 0, default, null, null,
            e.Lease is null ? null : PrintOutcome.Printed, null, null, default, []);

        state.LastVisit = Math.Max(state.LastVisit, e.Visit);
        if (e.Lease is null)
        {
            state.NextNumbers[e.Prefix] = Math.Max(state.NextNumbers.GetValueOrDefault(e.Prefix), e.Number + 1);
        }
        else
        {
            Use(state, e.Lease, e.Number);
        }

        state.VisitsByNumber[e.Visit] = visit;
        Enroll(state, visit);
        state.Presses[e.Press] = new(e.Press, e.Visit, e.Label, state.Day);
        if (e.Queued)
        {
            state.VisitsByLabel[e.Label] = e.Visit;
            Enter(state, visit);
            Comes(state, e.Visit);
            Count(state, visit, 1);
        }
    }

    private static void Relabelled(BranchState state, TicketRelabelled e)
    {
        if (e.Lease is not null)
        {
            Use(state, e.Lease, e.Number);
        }

        foreach (var press in PressesOf(state, e))
        {
            state.Presses[press.Press] = press with { Label = e.To };
        }

        // The visit of a press of the previous day may be gone already.
        if (state.Find(e.Visit) is not { } visit)
        {
            return;
        }

        var relabelled = visit with
        {
            Label = e.To, LabelNumber = e.Number, Lease = e.Lease, Print = PrintOutcome.Printed,
        };
        if (visit.Phase != VisitPhase.Recorded)
        {
            state.VisitsByLabel.Remove(e.From);
            state.VisitsByLabel[e.To] = e.Visit;
        }

        state.Unprinted.Remove((visit.IssuedAt.Milliseconds, visit.Number));
        state.VisitsByNumber[e.Visit] = relabelled;
        if (visit.AtCounter)
        {
            Shows(state, state.Counter(visit.Counter!));
        }
    }

    private static IEnumerable<PressedTicket> PressesOf(BranchState state, TicketRelabelled e) =>
        state.Find(e.Visit) is { } visit
            ? [state.Presses[visit.Press]]
            : state.Presses.Values.Where(p => p.Visit == e.Visit).ToList();

    private static void PrintReported(BranchState state, TicketPrintReported e)
    {
        if (e.Copy || state.Find(e.Visit) is not { } visit)
        {
            return;
        }

        state.Unprinted.Remove((visit.IssuedAt.Milliseconds, visit.Number));
        state.VisitsByNumber[e.Visit] = visit with { Print = e.Outcome };
    }

    private static void Leased(BranchState state, NumbersLeased e)
    {
        state.LastLease++;
        state.LeasesById[e.Lease] = new(
            e.Lease, e.Node, e.Unit, e.Store, e.Service, e.Prefix, e.Digits, e.First, e.Last, [], 0, false);
        state.NextOffline[e.Prefix] = e.Last + 1;
    }

    private static void Revoked(BranchState state, LeaseRevoked e)
    {
        if (state.LeasesById.TryGetValue(e.Lease, out var lease))
        {
            state.LeasesById[e.Lease] = lease with { Revoked = true, LastUsedDay = state.Day };
        }
    }

    private static void Use(BranchState state, string id, int number)
    {
        if (state.LeasesById.TryGetValue(id, out var lease))
        {
            state.LeasesById[id] = lease.Use(number, state.Day);
        }
    }
}
