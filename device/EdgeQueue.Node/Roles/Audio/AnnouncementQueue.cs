using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// What a zone's loudspeaker says next: pure, from the zone's retained open calls, branch time and the mark of what was
/// begun. Each call's seq is spoken at most once, in order, and none that is too old when its turn comes.
/// </summary>
/// <remarks>Used under its owner's lock. It holds no more than the last message does, and the hub bounds that.</remarks>
public sealed class AnnouncementQueue(SpokenMark? mark, SpeechPace pace)
{
    /// <summary>Whoever was called longer ago has walked or looked at the board (DESIGN §7, speaking).</summary>
    public static readonly TimeSpan TooOld = TimeSpan.FromSeconds(30);

    private Dictionary<string, long> counts = new(StringComparer.Ordinal);

    // Seqs above the mark that will not be spoken: dropped, and counted once.
    private readonly HashSet<long> settled = [];
    private CallsMessage? last;

    /// <summary>The last call that was begun, to be kept on disk before it sounds.</summary>
    public SpokenMark? Mark { get; private set; } = mark;

    /// <summary>Not null: nothing but this is spoken, per language.</summary>
    public IReadOnlyDictionary<string, string>? Evacuation => last?.Evacuation;

    /// <summary>What was counted since the last time, by the names of <see cref="AudioCount"/>.</summary>
    public IReadOnlyDictionary<string, long> TakeCounts()
    {
        var taken = counts;
        counts = new Dictionary<string, long>(StringComparer.Ordinal);
        return taken;
    }

    /// <summary>The newest state of the zone; an echo of an older one is ignored.</summary>
    public void Observe(CallsMessage message)
    {
        if (last is not null && last.Journal == message.Journal && message.Seq < last.Seq)
        {
            return;
        }

        if (Mark?.Journal != message.Journal)
        {
            // Another journal counts anew: old numbers say nothing about its calls.
            Mark = new SpokenMark(message.Journal, 0);
            settled.Clear();
        }
        else if (last is not null && message.Evacuation is null)
        {
            CountAnswered(last, message);
        }

        if (message.Evacuation is not null || last?.Evacuation is not null)
        {
            // Who was called before an evacuation is not called after it.
            var before = message.Evacuation is not null ? message : last!;
            Forget(before.Calls.Select(call => call.Seq).DefaultIfEmpty().Max());
        }

        last = message;
        settled.IntersectWith(message.Calls.Select(call => call.Seq));
    }

    /// <summary>
    /// Takes the next call. From then on it counts as begun: <see cref="Mark"/> has moved, and the caller writes it to
    /// disk before a sound is made.
    /// </summary>
    /// <param name="now">Branch time, certain: an age is not guessed.</param>
    public Announcement? Next(Moment now)
    {
        if (last is null || Evacuation is not null)
        {
            return null;
        }

        foreach (var old in Pending().Where(call => Age(call, now) > TooOld).ToList())
        {
            Drop(old, AudioCount.TooOld);
        }

        var pending = Pending().ToList();
        if (Late(pending, now))
        {
            foreach (var repeat in pending.Where(call => call.Times > 1).ToList())
            {
                Drop(repeat, AudioCount.RepeatDropped);
                pending.Remove(repeat);
                if (!Late(pending, now))
                {
                    break;
                }
            }
        }

        if (pending is not [var next, ..])
        {
            return null;
        }

        var languages = next.Languages;
        if (languages.Count > 1 && Late(pending, now))
        {
            Count(AudioCount.LanguageDropped, languages.Count - 1);
            languages = [languages[0]];
        }

        Forget(next.Seq);
        Count(AudioCount.Spoken, 1);
        return new Announcement(next, languages);
    }

    /// <summary>Something is to be spoken as soon as the loudspeaker is free and the time is certain.</summary>
    public bool Waits => Pending().Any();

    private IEnumerable<OpenCall> Pending() => last is null || Evacuation is not null
        ? []
        : last.Calls.Where(call => call.Seq > (Mark?.Seq ?? 0) && !settled.Contains(call.Seq)).OrderBy(call => call.Seq);

    /// <summary>Would a call be too old when its turn comes, with all before it spoken as planned?</summary>
    private bool Late(List<OpenCall> pending, Moment now)
    {
        var starts = TimeSpan.Zero;
        foreach (var call in pending)
        {
            if (Age(call, now) + starts > TooOld)
            {
                return true;
            }

            starts += pace.Of(call.Languages.Count);
        }

        return false;
    }

    // The heartbeat's time is a network's delay behind a call's: a call is never in the future.
    private static TimeSpan Age(OpenCall call, Moment now) => TimeSpan.FromMilliseconds(Math.Max(0, now.Milliseconds - call.At));

    private void CountAnswered(CallsMessage before, CallsMessage after)
    {
        var open = after.Calls.Select(call => call.Seq).ToHashSet();
        Count(AudioCount.AnsweredBefore, Pending().Count(call => before.Calls.Contains(call) && !open.Contains(call.Seq)));
    }

    private void Drop(OpenCall call, string why)
    {
        settled.Add(call.Seq);
        Count(why, 1);
    }

    private void Forget(long upTo)
    {
        if (Mark is { } known && upTo > known.Seq)
        {
            Mark = known with { Seq = upTo };
        }
    }

    private void Count(string name, long more)
    {
        if (more > 0)
        {
            counts[name] = counts.GetValueOrDefault(name) + more;
        }
    }
}

/// <param name="Languages">In which it is spoken, in order; fewer than the call's under overload.</param>
public sealed record Announcement(OpenCall Call, IReadOnlyList<string> Languages);

/// <summary>The last call that was begun.</summary>
/// <param name="Journal">Seqs of another journal cannot be compared with it.</param>
public sealed record SpokenMark(string Journal, long Seq);

/// <summary>Names of the counters in <see cref="NodeStatusMessage.Counts"/>.</summary>
public static class AudioCount
{
    public const string Spoken = "spoken";

    /// <summary>Older than 30 s when its turn came.</summary>
    public const string TooOld = "droppedTooOld";

    /// <summary>Overload: a call that had been spoken before.</summary>
    public const string RepeatDropped = "droppedRepeat";

    /// <summary>Overload: languages after the first.</summary>
    public const string LanguageDropped = "droppedLanguage";

    /// <summary>No longer open when its turn came: the customer had arrived, or the call was replaced by its repeat.</summary>
    public const string AnsweredBefore = "answeredBefore";
}
