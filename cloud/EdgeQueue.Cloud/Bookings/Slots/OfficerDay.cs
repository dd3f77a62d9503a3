namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>What a part of an officer's day is.</summary>
internal enum StretchKind
{
    Booked,
    Free,

    /// <summary>It was free and is over.</summary>
    Unused,
    Break,
}

/// <param name="Free">How many more could come in it.</param>
/// <param name="Booking">Of a booked one.</param>
internal sealed record Stretch(StretchKind Kind, long From, long To, int Free = 0, BookingRow? Booking = null);

/// <summary>An officer's day as people read it: who comes when, what is free between, and when there is a break.</summary>
internal static class OfficerDay
{
    /// <param name="open">When the officer is there, instants; they may overlap.</param>
    /// <param name="booked">Of this officer.</param>
    /// <param name="capacity">People at the same time.</param>
    /// <param name="now">Nobody can come before it any more.</param>
    public static IReadOnlyList<Stretch> Of(IEnumerable<(long From, long To)> open, IReadOnlyList<BookingRow> booked, int capacity, long now)
    {
        List<(long From, long To)> there = Joined(open);
        var stretches = booked.Select(b => new Stretch(StretchKind.Booked, b.StartsAt, b.EndsAt, 0, b)).ToList();
        for (int i = 1; i < there.Count; i++)
        {
            stretches.Add(new(StretchKind.Break, there[i - 1].To, there[i].From));
        }

        foreach ((long from, long to) in there)
        {
            stretches.AddRange(FreeIn(from, Math.Min(to, now), booked, capacity).Select(s => s with { Kind = StretchKind.Unused }));
            stretches.AddRange(FreeIn(Math.Max(from, now), to, booked, capacity));
        }

        return [.. stretches.OrderBy(s => s.From).ThenBy(s => s.Kind).ThenBy(s => s.To)];
    }

    private static List<Stretch> FreeIn(long from, long to, IReadOnlyList<BookingRow> booked, int capacity)
    {
        if (from >= to)
        {
            return [];
        }

        long[] edges = [.. booked.SelectMany(b => new[] { b.StartsAt, b.EndsAt }).Where(e => e > from && e < to).Append(from).Append(to).Distinct().Order()];
        var free = new List<Stretch>();
        for (int i = 1; i < edges.Length; i++)
        {
            int left = capacity - booked.Count(b => b.StartsAt < edges[i] && b.EndsAt > edges[i - 1]);
            if (left <= 0)
            {
                continue;
            }

            if (free is [.., var last] && last.To == edges[i - 1] && last.Free == left)
            {
                free[^1] = last with { To = edges[i] };
            }
            else
            {
                free.Add(new(StretchKind.Free, edges[i - 1], edges[i], left));
            }
        }

        return free;
    }

    private static List<(long From, long To)> Joined(IEnumerable<(long From, long To)> open)
    {
        var joined = new List<(long From, long To)>();
        foreach ((long from, long to) in open.OrderBy(o => o.From))
        {
            if (joined is [.., var last] && last.To >= from)
            {
                joined[^1] = (last.From, Math.Max(last.To, to));
            }
            else
            {
                joined.Add((from, to));
            }
        }

        return joined;
    }
}
