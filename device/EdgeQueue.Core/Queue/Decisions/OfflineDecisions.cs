namespace EdgeQueue.Core.Queue;

/// <summary>A ticket that was given while the dispenser was cut off comes back (DESIGN §7, offline tickets).</summary>
internal static class OfflineDecisions
{
    public static Decision Join(BranchState state, BranchRules rules, JoinOffline c)
    {
        if (!rules.Services.TryGetValue(c.Service, out var service))
        {
            return Decision.Refuse(Refusal.UnknownService(c.Service));
        }

        if (state.LeasesById.Values.FirstOrDefault(l => Holds(l, c, service)) is not { } lease)
        {
            return Decision.Refuse(Refusal.NotYourLease);
        }

        var label = lease.Label(c.Number);
        if (state.FindByPress(c.Press) is { } pressed)
        {
            return Again(state, c, lease, label, pressed);
        }

        if (c.Press.Length is 0 or > 128)
        {
            return Decision.Refuse(Refusal.Invalid("A press needs an id of at most 128 characters."));
        }

        if (lease.Used.Contains(c.Number) || state.VisitsByLabel.ContainsKey(label))
        {
            return Decision.Refuse(Refusal.Invalid(
                $"{label} was reported by another press already. Was this dispenser's store copied? Wipe it and let it lease anew."));
        }

        var (priority, targetMs) = TicketDecisions.Importance(rules, service, c.Segment);
        return Decision.Accept(new TicketIssued(
            state.LastVisit + 1, label, lease.Prefix, c.Number, c.Service, c.Segment, priority, targetMs, service.MeanServiceMs,
            c.Language ?? rules.Policy.Language, null, c.Press, lease.Id, Taken(c), c.Estimated,
            OfToday(state, c), c.At));
    }

    // The hub had answered the press after all: one press, one visit, and what is on the paper wins.
    private static Decision Again(BranchState state, JoinOffline c, Lease lease, string label, PressedTicket pressed)
    {
        var events = new List<Event>();
        if (pressed.Label != label)
        {
            if (lease.Used.Contains(c.Number))
            {
                return Decision.Refuse(Refusal.Invalid($"{label} was reported by another press already."));
            }

            events.Add(new TicketRelabelled(pressed.Visit, pressed.Label, label, c.Number, lease.Id, c.At));
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

    private static bool Holds(Lease lease, JoinOffline c, ServiceRules service) =>
        (lease.Store == c.Store || lease.Store.Length == 0)
        && lease.Contains(c.Number)
        && (lease.Service == c.Service || lease.Prefix == service.Prefix);
}
