using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// How long a keypad has to wait after wrong PINs: a few are free, then 30 s, doubled with each further wrong one up to 15 minutes. A
/// right one forgives all. So four digits are a hundred tries a day away from any one keypad, not ten thousand.
/// </summary>
public sealed class PinThrottle(TimeProvider time)
{
    public const int FreeTries = 5;
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    // Only units of the configuration are heard, so this is bounded by it.
    private readonly Dictionary<UnitAddress, (int Wrong, long Since)> _failures = [];

    /// <returns>Null: it may try.</returns>
    public TimeSpan? Pause(UnitAddress unit)
    {
        if (!_failures.TryGetValue(unit, out (int Wrong, long Since) failed) || failed.Wrong < FreeTries)
        {
            return null;
        }

        TimeSpan whole = FirstPause * Math.Pow(2, Math.Min(failed.Wrong - FreeTries, 10));
        TimeSpan left = (whole < LongestPause ? whole : LongestPause) - time.GetElapsedTime(failed.Since);
        return left > TimeSpan.Zero ? left : null;
    }

    public void Wrong(UnitAddress unit) => _failures[unit] = (_failures.GetValueOrDefault(unit).Wrong + 1, time.GetTimestamp());

    public void Right(UnitAddress unit) => _failures.Remove(unit);
}
