namespace EdgeQueue.Core.Queue;

/// <summary>
/// Two visits held against each other outside the index: by what a rule promises to whoever waits long, and by the whole rule.
/// The index compares the same integers; here stand those few whom it does not hold side by side, such as who was called ahead.
/// </summary>
internal static class Promise
{
    /// <summary>Negative: by its promise the rule puts a before b; 0: it promises nothing between them.</summary>
    public static int Compare(CallingPost post, Place a, Place b, Moment now)
    {
        var cap = CallingRule.CapOf(post);
        bool overA = IsOver(cap, a, now), overB = IsOver(cap, b, now);
        return overA != overB ? (overA ? -1 : 1)
            : overA ? By(default(RelativeRule), a, b, now)
            : post.Rules.Rule switch
            {
                CallingRuleKind.Fifo => a.Since.CompareTo(b.Since),
                CallingRuleKind.Relative => By(default(RelativeRule), a, b, now),
                CallingRuleKind.DueDate => By(default(DueDateRule), a, b, now),
                _ => 0,
            };
    }

    /// <summary>The rule would call a and not b. A ratio has no say between them: there it is the longer wait.</summary>
    public static bool RulePrefers(CallingPost post, Visit a, Visit b, Moment now)
    {
        var promised = Compare(post, a.Place, b.Place, now);
        if (promised != 0)
        {
            return promised < 0;
        }

        var score = IsOver(CallingRule.CapOf(post), a.Place, now) ? 0 : post.Rules.Rule switch
        {
            CallingRuleKind.Strict => By(default(StrictRule), a.Place, b.Place, now),
            CallingRuleKind.DueDatePriority => By(default(DueDatePriorityRule), a.Place, b.Place, now),
            CallingRuleKind.Target => By(default(WeightRule), a.Place, b.Place, now),
            _ => 0,
        };
        return score != 0 ? score < 0
            : a.Place.Since != b.Place.Since ? a.Place.Since < b.Place.Since
            : a.Number < b.Number;
    }

    /// <summary>It has waited as many targets as the cap says; never without a cap.</summary>
    public static bool IsOver(int? cap, Place place, Moment now) => cap is { } targets && Wait(place, now) >= targets * place.TargetMs;

    private static int By<TRule>(TRule rule, Place a, Place b, Moment now)
        where TRule : struct, ICallingRule =>
        rule.Exact(Wait(a, now), Figures(a), Wait(b, now), Figures(b));

    private static long Wait(Place place, Moment now) => Math.Max(0, now.Milliseconds - place.Since.Milliseconds);

    private static StreamSlot Figures(Place place) =>
        new() { Priority = place.Priority, TargetMs = place.TargetMs, MeanServiceMs = place.MeanServiceMs };
}
