using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Hub.Loop;

/// <summary>What becomes of one more message on <c>cmd/</c>.</summary>
public enum RateVerdict
{
    Taken,

    /// <summary>Too many: its sender is told.</summary>
    Refused,

    /// <summary>Too many, and its sender has been told so often that telling it again would be a flood of our own.</summary>
    Dropped,
}

/// <summary>
/// How many commands a unit may send (DESIGN §11: every input is limited in size and rate), so that a key that is stuck, or a node
/// in wrong hands, takes nobody else's time. Looked at before anything of the message is read. On the loop's thread.
/// </summary>
public sealed class CommandRate(TimeProvider time)
{
    /// <summary>Commands a second, for ever: ten fingers make twenty, a dispenser that catches up with its hub some hundred. A third of what a hub can do.</summary>
    public const int PerSecond = 1_000;

    /// <summary>So many at once: a whole day's tickets of a dispenser.</summary>
    public const int AtOnce = 2_000;

    private const string Code = "tooManyCommands";
    private const int ToldPerSecond = 10;
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(30);

    // Bounded: a meter for each configured unit, and one for all others together.
    private readonly Dictionary<UnitAddress, Meter> _units = [];
    private readonly Meter _others = new();

    /// <param name="known">It is a unit of the configuration.</param>
    public RateVerdict Count(UnitAddress unit, bool known)
    {
        Meter meter = _others;
        if (known && !_units.TryGetValue(unit, out meter!))
        {
            _units[unit] = meter = new Meter();
        }

        long now = time.GetTimestamp();
        if (meter.Commands.Take(now, time.TimestampFrequency, PerSecond, AtOnce))
        {
            return RateVerdict.Taken;
        }

        meter.LastTooMany = now;
        return meter.Told.Take(now, time.TimestampFrequency, ToldPerSecond, ToldPerSecond) ? RateVerdict.Refused : RateVerdict.Dropped;
    }

    /// <summary>Where <see cref="Fault"/> is said.</summary>
    public static string FaultCode => Code;

    /// <summary>Said while a unit does it, and half a minute longer; null: none does.</summary>
    public Fault? Fault
    {
        get
        {
            List<string> loud = [.. _units.Where(u => u.Value.IsLoud(time)).Select(u => u.Key.ToString()).Order(StringComparer.Ordinal)];
            if (_others.IsLoud(time))
            {
                loud.Add("units that are not in the configuration");
            }

            return loud.Count == 0 ? null : new Fault(
                Code, $"More than {PerSecond} commands a second come from {string.Join(", ", loud)}; what is too much is refused. Look for a key that is stuck, or switch that node off.");
        }
    }

    private sealed class Meter
    {
        public Bucket Commands { get; } = new(AtOnce);

        public Bucket Told { get; } = new(ToldPerSecond);

        public long? LastTooMany { get; set; }

        public bool IsLoud(TimeProvider time) => LastTooMany is { } last && time.GetElapsedTime(last) < Shown;
    }

    /// <summary>Fills with time and is emptied by messages; counted in time stamps, so that nothing is rounded away.</summary>
    private sealed class Bucket(int full)
    {
        private long _tokens = full;
        private long _since;

        public bool Take(long now, long frequency, int perSecond, int most)
        {
            // Long enough to be full, and short enough not to overflow after a year.
            long passed = Math.Min(now - _since, frequency * most);
            long earned = passed * perSecond / frequency;
            if (_since == 0 || earned >= most)
            {
                (_tokens, _since) = (most, now);
            }
            else if (earned > 0)
            {
                _tokens = Math.Min(most, _tokens + earned);
                _since += earned * frequency / perSecond;
            }

            if (_tokens == 0)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
