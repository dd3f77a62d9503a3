using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// Which event a person means by a time. A local time is read by the clock that hung on the wall then: it may never have been
/// (the clock went forward over it), or twice (the clock went back), and neither is guessed.
/// </summary>
internal static class UntilWhen
{
    private const string Examples = "give a local time such as 2026-05-04T14:30:00, a time with its offset (2026-05-04T12:30:00Z), or an event such as #1234";

    /// <summary>The last event that had happened; null and a sentence when that is not one event.</summary>
    /// <param name="until">Null: all of them.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static long? Resolve(JournalReader reader, string? until, out string? fault)
    {
        fault = null;
        long last = reader.Last().Seq;
        if (until is null)
        {
            return last;
        }

        if (until.StartsWith('#') && long.TryParse(until.AsSpan(1), CultureInfo.InvariantCulture, out long seq))
        {
            fault = seq >= 1 && seq <= last ? null : last == 0 ? $"--until {until}: this journal holds no event yet." : $"--until {until}: this journal holds the events #1 to #{last}.";
            return fault is null ? seq : null;
        }

        // With a blank between date and time, as people and ISO 8601's relatives write it.
        string text = until.Length > 10 && until[10] == ' ' ? $"{until[..10]}T{until[11..]}" : until;
        if (text.Length <= 10 || text[10] != 'T'
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            fault = $"--until {until}: {Examples}.";
            return null;
        }

        bool hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        fault = Find(reader, time.ToUnixTimeMilliseconds(), hasOffset, out long stop) is { } wrong ? $"--until {until}: {wrong}" : null;
        return fault is null ? stop : null;
    }

    private static string? Find(JournalReader reader, long wanted, bool hasOffset, out long stop)
    {
        var state = new BranchState();

        // The first events are written before the clock is known: they are read by the first that was.
        BranchClock clock = FirstClock(reader) ?? state.Clock;
        // Between two steps the clock on the wall went on evenly, from `begins`.
        (long? begins, string? earliest, string? skipped, string? repeated) = (null, null, null, null);
        (int times, long inStretch, long answer, long latest) = (0, 0L, 0L, 0L);
        reader.Events(0, long.MaxValue, (seq, at, type, data) =>
        {
            begins ??= Shown(at);
            earliest ??= Text(Shown(at));
            if (type is "clockStepped")
            {
                long before = Shown(at);
                BranchClock left = clock;
                Evolve.Apply(state, EventJson.Read(type, data));
                clock = state.Clock;
                long after = Shown(at);
                skipped = wanted >= before && wanted < after
                    ? $"no clock of this branch ever showed that: it went from {Text(before)} to {Text(after)} (event #{seq})." : skipped;
                repeated = wanted >= after && wanted < before ? Twice(left, clock, before, after, seq) : repeated;
                EndStretch(before);
                begins = after;
            }

            inStretch = Shown(at) <= wanted ? seq : inStretch;
            latest = Shown(at);
        });
        // After its last event a journal stands as it is, unless the same was shown before.
        EndStretch(times == 0 ? long.MaxValue : latest + 1);
        stop = answer;
        return earliest is null ? "this journal holds no event."
            : times > 1 ? repeated
            : times == 1 ? null
            : skipped ?? $"nothing was written yet. The journal begins at {earliest}{(hasOffset ? " UTC" : " local")}.";

        long Shown(Moment at) => hasOffset ? at.Milliseconds + clock.DisplayOffset : clock.Local(at);

        void EndStretch(long ends)
        {
            if (begins is { } from && wanted >= from && wanted < ends)
            {
                times++;
                answer = inStretch;
            }
        }
    }

    private static string Twice(BranchClock left, BranchClock now, long before, long after, long seq) =>
        $"the clock of this branch showed that twice: it went back from {Text(before)} to {Text(after)} (event #{seq}). "
        + (left.UtcOffsetMinutes == now.UtcOffsetMinutes
            ? "Give an event, such as that one or the one before it."
            : $"Say which with its offset, {Offset(left)} for the first or {Offset(now)} for the second.");

    private static BranchClock? FirstClock(JournalReader reader)
    {
        var state = new BranchState();
        foreach (JournalRow row in reader.Rows())
        {
            if (row.Type == "clockStepped")
            {
                Evolve.Apply(state, EventJson.Read(row.Type, row.Data));
                return state.Clock;
            }
        }

        return null;
    }

    private static string Text(long shownMs) => DateTime.UnixEpoch.AddMilliseconds(shownMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Offset(BranchClock clock) =>
        (clock.UtcOffsetMinutes < 0 ? "-" : "+") + TimeSpan.FromMinutes(clock.UtcOffsetMinutes).ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
