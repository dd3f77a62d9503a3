namespace EdgeQueue.Tool.Play;

/// <summary>
/// The recorded day's time while it is played: it begins with the play and runs so many times faster. The hub's own clock does
/// not: what the branch's policy states in seconds (how far apart calls must be) stays as long as it is.
/// </summary>
/// <param name="speed">Recorded seconds in a second, more than 0.</param>
internal sealed class PlayClock(double speed, TimeProvider time)
{
    private readonly long began = time.GetTimestamp();

    public double Speed { get; } = speed > 0 ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, "must be more than 0");

    /// <summary>Since the opening, in the day's own time.</summary>
    public TimeSpan Now => time.GetElapsedTime(began) * Speed;

    /// <summary>Waits for a moment of the day; at once when it is over.</summary>
    public Task UntilAsync(TimeSpan moment, CancellationToken cancellation)
    {
        var left = RealUntil(moment);
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left, time, cancellation);
    }

    /// <summary>Waits for a while of the day's time.</summary>
    public Task AfterAsync(TimeSpan span, CancellationToken cancellation) => UntilAsync(Now + span, cancellation);

    /// <summary>How long it is until then by a clock on the wall; negative when it is over.</summary>
    public TimeSpan RealUntil(TimeSpan moment) => (moment - Now) / Speed;
}
