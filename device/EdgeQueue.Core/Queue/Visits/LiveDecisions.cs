namespace EdgeQueue.Core.Queue;

/// <summary>A queue without tickets: operators start and end services as people come.</summary>
internal static class LiveDecisions
{
    public static Decision Start(BranchState state, BranchRules rules, StartService c)
    {
        if (rules.Visits?.OfHall.Mode != HallMode.Live)
        {
            return Decision.Refuse(Refusal.NotLive);
        }

        if (CallDecisions.MayCall(state, rules, c.Counter, c.Seen, out var counter, out var post) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (c.Service is { } chosen && CallDecisions.MayChoose(rules, post, chosen) is { } mayNot)
        {
            return Decision.Refuse(mayNot);
        }

        var name = c.Service ?? First(rules, post) ?? "";
        if (name.Length == 0)
        {
            return Decision.Refuse(Refusal.UnknownService(name));
        }

        if (Begin(state, rules, counter, post, name, c.At) is not { } begun)
        {
            return Decision.Refuse(Refusal.NumbersExhausted(name));
        }

        return state.VisitAt(counter) is { } serving
            ? Decision.Accept([.. ReleaseDecisions.FinishEvents(state, counter, serving, [], null, [], c.At), .. begun])
            : Decision.Accept(begun);
    }

    /// <summary>In a live queue, whoever comes next when nobody with a ticket waits any more; null: not a live queue.</summary>
    public static IReadOnlyList<Event>? Next(BranchState state, BranchRules rules, Counter counter, CallingPost post, Moment at) =>
        rules.Visits?.Hall?.Mode == HallMode.Live && First(rules, post) is { } first
            ? Begin(state, rules, counter, post, first, at)
            : null;

    private static string? First(BranchRules rules, CallingPost post) =>
        post.Rules.Services.FirstOrDefault(s => rules.Services.ContainsKey(s) && post.Serves(s));

    // The events of any visit, so that it is counted as any: it waited and walked for no time.
    private static List<Event>? Begin(BranchState state, BranchRules rules, Counter counter, CallingPost post, string name, Moment at)
    {
        var service = rules.Services[name];
        if ((TicketDecisions.NextNumber(state, service) ?? BeyondPaper(state, rules, service)) is not { } number)
        {
            return null;
        }

        var visit = state.LastVisit + 1;
        return
        [
            new TicketIssued(
                visit, TicketLabel.Of(service.Prefix, number, service.Digits), service.Prefix, number, name, null, service.Priority,
                service.TargetMs, service.MeanServiceMs, rules.Policy.Language, null, $"live-{visit}", null, at, false, true, at),
            new LiveVisitBegun(visit, at),
            new VisitCalled(visit, counter.Id, post.Counter.Zone, counter.Operator,
                new CallReason(CallReason.Live, service.Priority, 0, service.TargetMs, service.MeanServiceMs, false, 1, []), at),
            new VisitArrived(visit, counter.Id, at),
        ];
    }

    // Nobody carries this number, so the last one of the tickets ends nothing; those of the offline tickets are left alone.
    private static int? BeyondPaper(BranchState state, BranchRules rules, ServiceRules service)
    {
        var first = rules.Services.Values.Where(s => s.Prefix == service.Prefix).Max(s => Math.Max(s.LastNumber, s.OfflineLast)) + 1;
        return TicketDecisions.NextNumber(state, service with { FirstNumber = first, LastNumber = RulesCheck.LargestNumber });
    }
}
