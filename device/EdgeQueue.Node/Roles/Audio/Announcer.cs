using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// Speaks what the queue says, one after another: mark on disk, then sound. An evacuation interrupts it, and is repeated
/// until it is over.
/// </summary>
/// <param name="certain">Branch time; null while ages would be guesses.</param>
public sealed class Announcer(
    AnnouncementQueue queue, SpokenMarkFile marks, IVoice voice, SpeechPace pace, Func<Moment?> certain, NodeStatus status, TimeProvider time)
{
    public static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(400);
    public static readonly TimeSpan BetweenEvacuationTexts = TimeSpan.FromSeconds(1);

    /// <summary>How soon a time that has become certain, or a loudspeaker that is back, is noticed.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LookWhenIdle = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private CancellationTokenSource news = new();
    private CancellationTokenSource interruption = new();
    private SpokenMark? saved;
    private long busyUntil;
    private SoundTrial? trial;

    /// <summary>For the watchdog: false when a sound has taken far longer than it is long.</summary>
    public bool IsAlive() => time.GetTimestamp() < Volatile.Read(ref busyUntil);

    /// <summary>New state of the zone. From any thread; does not block.</summary>
    public void Observe(CallsMessage message)
    {
        CancellationTokenSource wake;
        CancellationTokenSource? stop = null;
        lock (gate)
        {
            var before = queue.Evacuation;
            queue.Observe(message);
            if (!SameTexts(before, queue.Evacuation))
            {
                stop = interruption;
            }

            wake = news;
        }

        stop?.Cancel();
        wake.Cancel();
    }

    /// <summary>Says this once, when nothing else is to be said; whatever the branch has to say ends it.</summary>
    public async Task<SoundTrialEnd> TryAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellation)
    {
        var asked = new SoundTrial(texts);
        CancellationTokenSource wake;
        lock (gate)
        {
            trial = asked;
            wake = news;
        }

        wake.Cancel();
        try
        {
            return await asked.End.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
            {
                trial = trial == asked ? null : trial;
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await TurnAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>One announcement, one round of the evacuation text, or one wait for news.</summary>
    private async Task TurnAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, string>? evacuation;
        Announcement? next = null;
        SoundTrial? tried = null;
        bool waits;
        CancellationToken interrupted;
        CancellationToken told;
        lock (gate)
        {
            // New ones before the state is looked at: whatever changes from here on cancels them.
            (news, interruption) = (new CancellationTokenSource(), new CancellationTokenSource());
            (told, interrupted) = (news.Token, interruption.Token);
            evacuation = queue.Evacuation;
            if (evacuation is null && certain() is { } now)
            {
                next = queue.Next(now);
            }

            waits = queue.Waits;
            if (evacuation is null && next is null && !waits)
            {
                (tried, trial) = (trial, null);
            }

            foreach (var (name, more) in queue.TakeCounts())
            {
                status.Count(name, more);
            }
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, interrupted);
        if (evacuation is not null)
        {
            await SayAsync(() => voice.Evacuation(evacuation), loud: true, giveUpAfter: Timeout.InfiniteTimeSpan, BetweenEvacuationTexts, stop.Token, cancellation);
            return;
        }

        Save();
        if (next is not null)
        {
            var left = AnnouncementQueue.TooOld - TimeSpan.FromMilliseconds(Math.Max(0, (certain() ?? default).Milliseconds - next.Call.At));
            await SayAsync(() => Learnt(voice.Call(next.Call, next.Languages)), loud: false, left, BetweenCalls, stop.Token, cancellation);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, told);
        if (tried is not null)
        {
            await TryAsync(tried, either.Token, cancellation);
            return;
        }

        await Pause(waits ? LookAgain : LookWhenIdle, either.Token, cancellation);
    }

    /// <summary>Says it, again and again while the loudspeaker is gone, until it has been heard or is too old.</summary>
    private async Task SayAsync(
        Func<RenderedSpeech> render, bool loud, TimeSpan giveUpAfter, TimeSpan pause, CancellationToken stop, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var speech = render();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Busy(speech.Duration);
                await voice.PlayAsync(speech, loud, stop);
                status.Fault("soundMissing", null);
                break;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // An evacuation began or ended: at once to the next turn.
                return;
            }
            catch (DeviceException gone)
            {
                status.Fault("soundMissing", $"The loudspeaker cannot be heard: {gone.Message}");
                if (giveUpAfter != Timeout.InfiniteTimeSpan && time.GetElapsedTime(began) > giveUpAfter)
                {
                    status.Count("notHeard");
                    return;
                }

                await Pause(LookAgain, stop, cancellation);
            }
        }

        await Pause(pause, stop, cancellation);
    }

    private async Task TryAsync(SoundTrial asked, CancellationToken stop, CancellationToken cancellation)
    {
        try
        {
            var speech = voice.Evacuation(asked.Texts);
            Busy(speech.Duration);
            await voice.PlayAsync(speech, loud: false, stop);
            asked.End.TrySetResult(new SoundTrialEnd(Spoken: speech.Languages));
        }
        catch (OperationCanceledException)
        {
            asked.End.TrySetResult(new SoundTrialEnd(GaveWay: true));
            cancellation.ThrowIfCancellationRequested();
        }
        catch (DeviceException gone)
        {
            asked.End.TrySetResult(new SoundTrialEnd(Fault: gone.Message));
        }
    }

    private RenderedSpeech Learnt(RenderedSpeech speech)
    {
        lock (gate)
        {
            pace.Learn(speech.Languages, speech.Duration);
        }

        return speech;
    }

    /// <summary>
    /// The mark of the queue, on disk. A disk that does not take it is told, and the call is spoken: a silent hall is worse
    /// than a call that a restart within 30 s would repeat.
    /// </summary>
    private void Save()
    {
        SpokenMark? mark;
        lock (gate)
        {
            mark = queue.Mark;
        }

        if (mark is null || mark == saved)
        {
            return;
        }

        try
        {
            marks.Write(mark);
            saved = mark;
            status.Fault("markNotKept", null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            status.Fault("markNotKept", $"What was spoken cannot be written down; after a restart a call may be repeated. Look at the disk: {refused.Message}");
        }
    }

    /// <summary>Waits, or less when there is news.</summary>
    private async Task Pause(TimeSpan span, CancellationToken until, CancellationToken cancellation)
    {
        Busy(span);
        try
        {
            await Task.Delay(span, time, until);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private void Busy(TimeSpan expected) => Volatile.Write(
        ref busyUntil, time.GetTimestamp() + (long)((expected.TotalSeconds + 30) * time.TimestampFrequency));

    private static bool SameTexts(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other);
}
