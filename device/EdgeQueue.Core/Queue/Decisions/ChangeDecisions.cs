namespace EdgeQueue.Core.Queue;

/// <summary>
/// Another service or another priority. An operator who may changes them from a counter, for anybody who waits or is parked and
/// for the customer who is there; without a counter it is for who waits or is parked only.
/// </summary>
internal static class ChangeDecisions
{
    private const int LongestReason = 256;

    /// <summary>Another service from the start, so at the place in time of the old one.</summary>
    public static Decision Service(BranchState state, BranchRules rules, ChangeService c)
    {
        if (!rules.Services.TryGetValue(c.Service, out var service))
        {
            return Decision.Refuse(Refusal.UnknownService(c.Service));
        }

        if (Whose(state, rules, c.Visit, c.Counter, c.Label, c.Seen, out var visit, out var post) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return post?.ChangesService == false ? Decision.Refuse(Refusal.MayNotChangeService)
            : Fault(c.Reason) is { } fault ? Decision.Refuse(fault)
            // Whom nobody here can serve is transferred, and waits again.
            : visit.AtCounter && post?.Serves(c.Service) == false ? Decision.Refuse(Refusal.TransferInstead(c.Service))
            : visit.Service == c.Service ? Decision.Accept()
            : Decision.Accept(new ServiceChanged(
                visit.Number, TransferDecisions.PlaceIn(rules, c.Service, service, visit, visit.Place.Since), c.At, c.Counter, post?.Operator, c.Reason));
    }

    public static Decision Priority(BranchState state, BranchRules rules, SetPriority c)
    {
        if (c.Priority is < 0 or > 99)
        {
            return Decision.Refuse(Refusal.Invalid("A priority is 1 to 99; 99 is the most important. 0 is what the service and the segment say."));
        }

        if (Whose(state, rules, c.Visit, c.Counter, c.Label, c.Seen, out var visit, out var post) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return post?.SetsPriority == false ? Decision.Refuse(Refusal.MayNotSetPriority)
            : Fault(c.Reason) is { } fault ? Decision.Refuse(fault)
            : Decision.Accept(new PriorityChanged(
                visit.Number, visit.Place with { Priority = c.Priority > 0 ? c.Priority : Own(state, rules, visit) }, c.At,
                c.Counter, post?.Operator, c.Reason, c.Priority > 0 ? null : true));
    }

    private static Refusal? Fault(string? reason) =>
        reason?.Length > LongestReason ? Refusal.Invalid($"A reason has at most {LongestReason} characters.") : null;

    /// <summary>Of a service that the configuration does not have any more it stays as it is.</summary>
    private static int Own(BranchState state, BranchRules rules, Visit visit) =>
        !rules.Services.TryGetValue(visit.Service, out var service) ? visit.Place.Priority
        : state.Facts(visit.Number) is { IsAppointment: true, Came: { } came }
            ? CheckInDecisions.Importance(rules, service, visit.Service, visit.Segment, came).Priority
        : TicketDecisions.Importance(rules, service, visit.Segment).Priority;

    /// <param name="post">The counter with its operator; null: no counter asks.</param>
    private static Refusal? Whose(
        BranchState state, BranchRules rules, long number, string? at, string? label, long? seen, out Visit visit, out CallingPost? post)
    {
        post = null;
        if (at is null)
        {
            visit = state.Find(number)!;
            return visit is not { Present: true } ? Refusal.UnknownVisit : visit.AtCounter ? Refusal.NotWaiting(visit.Label) : null;
        }

        Counter counter;
        if (label is null)
        {
            if (Checks.WithVisit(state, at, seen ?? -1, Refusal.NobodyCalled, out counter, out visit) is { } refusal)
            {
                return refusal;
            }
        }
        else
        {
            // Whatever this counter has moved on to since: it is about somebody else, who is named.
            visit = null!;
            counter = state.Counter(at);
            if (Checks.At(state, at, counter.Version, out counter) is { } refusal)
            {
                return refusal;
            }

            if (TypedLabel.Find(state, rules, label, Waits, out visit) is { } unclear)
            {
                return unclear;
            }

            if (!Waits(visit))
            {
                return Refusal.NotWaiting(visit.Label);
            }
        }

        post = state.Waiters.Post(counter, rules);
        return post is not null ? null
            : rules.Counters.ContainsKey(at) ? Refusal.UnknownWorkProfile(counter.WorkProfile!) : Refusal.UnknownCounter(at);
    }

    private static bool Waits(Visit visit) => visit.Phase is VisitPhase.Waiting or VisitPhase.Parked;
}
