namespace EdgeQueue.Core.Queue;

/// <summary>People are called ahead to a buffer near the counters; the counter is assigned when one is free, in their order.</summary>
internal static class PrecallDecisions
{
    // A choice names the best and the three that it beat.
    private const int MostAtOnce = 4;

    public static Decision Precall(BranchState state, BranchRules rules, Precall c)
    {
        if (c.Count is < 1 or > MostAtOnce)
        {
            return Decision.Refuse(Refusal.Invalid($"1 to {MostAtOnce} people are called ahead at a time."));
        }

        var counter = state.Counter(c.Counter);
        if (counter.Version == 0 && !rules.Counters.ContainsKey(c.Counter))
        {
            return Decision.Refuse(Refusal.UnknownCounter(c.Counter));
        }

        if (counter.Phase == CounterPhase.Closed)
        {
            return Decision.Refuse(Refusal.CounterClosed);
        }

        if (state.Evacuating)
        {
            return Decision.Refuse(Refusal.Evacuating);
        }

        if (BufferFor(rules, counter, c.Buffer) is not { } name)
        {
            return Decision.Refuse(Refusal.UnknownBuffer(c.Buffer));
        }

        var buffer = rules.Visits!.Buffers![name];
        if (state.InBuffer(name) >= buffer.Size)
        {
            return Decision.Refuse(Refusal.BufferFull(buffer.Size));
        }

        var events = Ahead(state, rules, name, buffer, c.Count, c.At);
        return events.Count == 0 ? Decision.Refuse(Refusal.NobodyWaiting) : Decision.Accept(events);
    }

    /// <summary>Fills the first automatic buffer that has room and people to call: one a tick, so that nobody is called twice.</summary>
    public static void Fill(BranchState state, BranchRules rules, Moment at, List<Event> events)
    {
        foreach (var (name, buffer) in (rules.Visits?.Buffers ?? NoBuffers).OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            if (events.Count == 0 && buffer.Automatic && !state.Evacuating && IsServed(state, rules, buffer))
            {
                events.AddRange(Ahead(state, rules, name, buffer, MostAtOnce, at));
            }
        }
    }

    /// <summary>Who of a buffer this counter calls next; null: nobody there is for it.</summary>
    public static Visit? Next(BranchState state, Func<string, bool> serves)
    {
        foreach (var number in state.Precalled)
        {
            if (state.Find(number) is { } visit && serves(visit.Service))
            {
                return visit;
            }
        }

        return null;
    }

    // Before a counter opens people had better sit.
    private static bool IsServed(BranchState state, BranchRules rules, BufferRules buffer) =>
        rules.WorkProfiles.TryGetValue(buffer.WorkProfile, out var wanted)
        && state.CountersById.Values.Any(c => c.Phase == CounterPhase.Open
            && rules.WorkProfiles.GetValueOrDefault(c.WorkProfile!) is { } profile && profile.Services.Any(wanted.Services.Contains));

    private static readonly Dictionary<string, BufferRules> NoBuffers = [];

    private static List<Event> Ahead(BranchState state, BranchRules rules, string name, BufferRules buffer, int count, Moment at)
    {
        var room = Math.Min(count, buffer.Size - state.InBuffer(name));
        var nobody = Counter.Untouched("") with { WorkProfile = buffer.WorkProfile };
        if (room <= 0 || state.Waiters.PostOfProfile(buffer.WorkProfile, buffer.Zone, rules) is not { } post
            || CallingRule.Next(state, nobody, post, at) is not { } choice)
        {
            return [];
        }

        // Whose time has not come stays where they are.
        return
        [
            .. choice.Why.Beat.Select(b => b.Visit).Prepend(choice.Visit)
                .Select(number => state.Find(number)!)
                .Where(v => v.Place.Since <= at)
                .Take(room)
                .Select(v => new VisitPrecalled(
                    v.Number, name, v.Place with { BoundCounter = BufferName.Bound(name) },
                    v.Number == choice.Visit ? choice.Why : CallingRule.Chosen(state, nobody, post, v, at) with { Rule = choice.Why.Rule }, at)),
        ];
    }

    private static string? BufferFor(BranchRules rules, Counter counter, string? named)
    {
        var buffers = rules.Visits?.Buffers ?? NoBuffers;
        return named is not null ? buffers.ContainsKey(named) ? named : null
            : rules.WorkProfiles.GetValueOrDefault(counter.WorkProfile ?? "") is not { } profile ? null
            : buffers.OrderBy(b => b.Key, StringComparer.Ordinal)
                .FirstOrDefault(b => rules.WorkProfiles.GetValueOrDefault(b.Value.WorkProfile)?.Services.Any(profile.Services.Contains) == true).Key;
    }
}
