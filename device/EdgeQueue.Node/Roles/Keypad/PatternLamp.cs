using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Leds;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// Plays patterns on one lamp by its owner's clock: the newest pattern wins, and when it has ended the background shows
/// again. Safe from any thread; the lamp is written under the lock, which takes microseconds.
/// </summary>
public sealed class PatternLamp : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ILamp? lamp;
    private readonly TimeProvider time;
    private readonly Action<string?> fault;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private LampPattern background = LampPattern.Dark;
    private LampPattern pattern = LampPattern.Dark;
    private long patternAt;
    private long backgroundAt;
    private bool? written;

    /// <param name="lamp">Null: a keypad without a lamp; patterns are kept all the same.</param>
    /// <param name="fault">Told the reason when the lamp does not work, and null when it does again.</param>
    public PatternLamp(ILamp? lamp, TimeProvider time, Action<string?> fault)
    {
        (this.lamp, this.time, this.fault) = (lamp, time, fault);
        timer = time.CreateTimer(_ => Play(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is shown now, by name.</summary>
    public string Showing
    {
        get
        {
            lock (gate)
            {
                return Current().Pattern.Name;
            }
        }
    }

    public void Show(LampPattern next)
    {
        lock (gate)
        {
            (pattern, patternAt) = (next, time.GetTimestamp());
            Play();
        }
    }

    /// <summary>What is shown while nothing else is.</summary>
    public void Rest(LampPattern next)
    {
        lock (gate)
        {
            if (background != next)
            {
                (background, backgroundAt) = (next, time.GetTimestamp());
                Play();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            timer.Dispose();
            (pattern, background) = (LampPattern.Dark, LampPattern.Dark);
            Write(false);
            lamp?.Dispose();
        }
    }

    private void Play()
    {
        lock (gate)
        {
            var (shown, since) = Current();
            var (lit, holds) = shown.At(since);
            if (lit != written && !Write(lit))
            {
                holds = holds is { } change && change < RetryAfter ? change : RetryAfter;
            }

            timer.Change(holds ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private (LampPattern Pattern, TimeSpan Since) Current()
    {
        var since = time.GetElapsedTime(patternAt);
        return pattern.Repeats || since < pattern.Length ? (pattern, since) : (background, time.GetElapsedTime(backgroundAt));
    }

    private bool Write(bool lit)
    {
        try
        {
            lamp?.Light(lit);
            written = lit;
            fault(null);
            return true;
        }
        catch (DeviceException broken)
        {
            written = null;
            fault(broken.Message);
            return false;
        }
    }
}
