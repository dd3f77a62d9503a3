namespace EdgeQueue.Core.Queue;

/// <summary>
/// A ticket that was given while the dispenser was cut off comes back (DESIGN §7, offline tickets). Somebody holds the paper, so it
/// is never turned away for what has changed since: of a day that is closed, or for a service that is no more, it is recorded.
/// </summary>
internal static class OfflineDecisions
{
    private const int LongestText = 128;

    /// <summary>Not null, which is an ordinary number: this one was never in the ordinary sequence.</summary>
    public const string NoLease = "";

    public static Decision Join(BranchState state, BranchRules rules, JoinOffline c)
    {
        if (c.Service.Length is 0 or > LongestText)
        {
            return Decision.Refuse(Refusal.Invalid($"A service has an id of at most {LongestText} characters."));
        }

        var service = rules.Services.GetValueOrDefault(c.Service);
        var lease = LeaseOf(state, c, service);
        var today = OfToday(state, c);

        // Of days ago its lease may have ended, when a technician gave the store up and it turned up again.
        if (lease is null && today)
        {
            return Decision.Refuse(Refusal.NotYourLease);
        }

        var label = lease?.Label(c.Number) ?? TicketLabel.Of(service?.Prefix ?? "", c.Number, service?.Digits ?? 1);
        if (PressOf(state, c) is { } pressed)
        {
            return Again(state, c, lease, label, pressed);
        }

        if (c.Press.Length is 0 or > LongestText)
        {
            return Decision.Refuse(Refusal.Invalid($"A press needs an id of at most {LongestText} characters."));
        }

        if (lease is not null && (lease.Used.Contains(c.Number) || state.VisitsByLabel.ContainsKey(label)))
        {
            return Decision.Refuse(Refusal.Invalid(
                $"{label} was reported by another press already. Was this dispenser's store copied? Wipe it and let it lease anew."));
        }

        // A detail that nobody could act on is left away: it turns no paper away.
        var told = c.Details is { } all && Arrivals.FaultOf(all.Attributes, all.People ?? 1, all.Case) is null ? all : new TicketDetails();
        var segment = service is null ? c.Segment : SegmentOf(rules, c, told);
        var (priority, targetMs) = service is null ? (1, 0) : TicketDecisions.Importance(rules, service, segment);
        var issued = new TicketIssued(
            state.LastVisit + 1, label, lease?.Prefix ?? service?.Prefix ?? "", c.Number, c.Service, segment, priority, targetMs,
            service?.MeanServiceMs ?? 0, c.Language ?? rules.Policy.Language, null, c.Press, lease?.Id ?? NoLease, Taken(c), c.Estimated,
            today && service is not null, c.At);
        return Decision.Accept(issued.Queued ? [issued, .. TicketDecisions.Described(rules, issued, told)] : [issued]);
    }

    // The service is what the paper's letter says, whatever a rule would have made of it.
    private static string? SegmentOf(BranchRules rules, JoinOffline c, TicketDetails told) => Arrivals.Sorted(rules, new Arrival(
        c.Service, c.Segment, told.Attributes ?? [], c.Language, Attendance.WithoutBooking, null, told.People ?? 1, null)).Segment;

    /// <summary>The state knows the presses of two days, the hub's answers those of all.</summary>
    private static PressedTicket? PressOf(BranchState state, JoinOffline c) =>
        state.FindByPress(c.Press)
        ?? (c is { AnsweredVisit: { } visit, AnsweredLabel: { } answered } ? new PressedTicket(c.Press, visit, answered, c.Day) : null);

    // The hub had answered the press after all: one press, one visit, and what is on the paper wins.
    private static Decision Again(BranchState state, JoinOffline c, Lease? lease, string label, PressedTicket pressed)
    {
        var events = new List<Event>();
        if (pressed.Label != label)
        {
            if (lease is not null && (lease.Used.Contains(c.Number) || state.VisitsByLabel.ContainsKey(label)))
            {
                return Decision.Refuse(Refusal.Invalid($"{label} was reported by another press already."));
            }

            // Of an earlier day the block may be gone; a number of today is from a block that the branch knows.
            if (lease is null && state.Find(pressed.Visit) is { Phase: not VisitPhase.Recorded } visit
                && (visit.Day == state.Day || state.VisitsByLabel.ContainsKey(label)))
            {
                return Decision.Refuse(Refusal.NotYourLease);
            }

            events.Add(new TicketRelabelled(pressed.Visit, pressed.Label, label, c.Number, lease?.Id ?? NoLease, c.At));
        }

        if (state.Find(pressed.Visit) is { End: VisitEnd.Cancelled, EndReason: PrintDecisions.Unprinted } cancelled)
        {
            events.Add(new VisitRestored(cancelled.Number, BufferName.Left(cancelled.Place), c.At));
        }

        return Decision.Accept(events);
    }

    // A dispenser that was cut off overnight knows only yesterday's day, so the time decides where it is known.
    private static bool OfToday(BranchState state, JoinOffline c) =>
        c.Day >= state.Day || (!c.Estimated && Taken(c) >= state.DayOpenedAt);

    // A node's clock arithmetic may be wrong in either direction; nobody waits since the future or since before the epoch.
    private static Moment Taken(JoinOffline c) =>
        new(Math.Clamp(c.TakenAt.Milliseconds, Math.Min(0, c.At.Milliseconds), c.At.Milliseconds));

    /// <summary>The block that the number is from. Of a service that is no more, its letter is not known either: then the store's own block counts.</summary>
    private static Lease? LeaseOf(BranchState state, JoinOffline c, ServiceRules? service)
    {
        var holding = state.LeasesById.Values.Where(l => (l.Store == c.Store || l.Store.Length == 0) && l.Contains(c.Number)).ToList();
        return holding.Find(l => l.Service == c.Service || l.Prefix == service?.Prefix)
            ?? (service is null ? holding.Find(l => l.Store == c.Store && !l.Used.Contains(c.Number)) : null);
    }
}
