namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// Pause is the one key whose second press undoes the first: a finger that comes twice must not open the counter again.
/// All others are safe by the counter's version, which the hub compares.
/// </summary>
public sealed class PauseGuard
{
    public static readonly TimeSpan SameFinger = TimeSpan.FromMilliseconds(500);

    private long? last;

    /// <param name="at">Time stamp of the press.</param>
    public bool IsBounce(TimeProvider time, long at)
    {
        var bounce = last is { } before && time.GetElapsedTime(before, at) < SameFinger;
        last = at;
        return bounce;
    }
}
