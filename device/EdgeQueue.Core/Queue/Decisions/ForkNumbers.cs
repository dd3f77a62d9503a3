namespace EdgeQueue.Core.Queue;

/// <summary>
/// Which ordinary numbers a fork steps over. Each lost event gave at most one ticket, so as many numbers as lost events are
/// enough, but far too many: a ticket makes five to eight events. Whoever sees the papers knows better.
/// </summary>
internal static class ForkNumbers
{
    /// <summary>Stepped over beyond the highest paper that somebody saw: nobody sees every paper.</summary>
    private const int Margin = 20;

    private const int LargestNumber = RulesCheck.LargestNumber;

    /// <summary>Where the prefixes go on whose highest paper was told; never before where an earlier fork said.</summary>
    /// <returns>Null, or what is wrong with them.</returns>
    public static string? Next(BranchState state, IReadOnlyList<PrefixLast> last, out IReadOnlyList<PrefixNumber> next)
    {
        next = [];
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (prefix, number) in last)
        {
            var service = OrdinaryNumbers.Services(state).FirstOrDefault(s => s.Prefix == prefix);
            if (number < 0 || number > (service?.LastNumber ?? LargestNumber))
            {
                return service is null
                    ? $"'{prefix}{number}': ticket numbers are 0 to {LargestNumber}."
                    : $"{service.Prefix}{number} is not one of the ordinary numbers {service.FirstNumber} to {service.LastNumber} of '{prefix}'. "
                        + "Labels above them were printed by a dispenser that was cut off: say the highest of the others.";
            }

            // A prefix that the lost events may have configured has no rules here; its numbers begin at 1 as a rule.
            var begin = service is not null ? OrdinaryNumbers.Begin(state, service, state.Day)
                : Math.Max(state.ForkNext.GetValueOrDefault(prefix), 1L + state.ForkSkip);
            var least = (int)Math.Min(int.MaxValue, Math.Max(begin, number + 1L + Margin));
            found[prefix] = Math.Max(found.GetValueOrDefault(prefix), least);
        }

        next = [.. found.Select(f => new PrefixNumber(f.Key, f.Value))];
        return null;
    }

    /// <summary>Prefixes that had numbers and would have none left, today or on the next day.</summary>
    public static IReadOnlyList<string> Exhausted(BranchState state, JournalForked forked)
    {
        var exhausted = new List<string>();
        foreach (var service in OrdinaryNumbers.Services(state))
        {
            var told = forked.Next?.FirstOrDefault(n => n.Prefix == service.Prefix)?.Next;
            var now = OrdinaryNumbers.NextOf(state, service);
            var today = told is { } least ? Math.Max(now, least) : now + forked.Skip;
            var nextDay = told ?? OrdinaryNumbers.Begin(state, service, state.Day) + forked.Skip;
            if ((now <= service.LastNumber && today > service.LastNumber) || nextDay > service.LastNumber)
            {
                exhausted.Add(service.Prefix);
            }
        }

        return exhausted;
    }
}
