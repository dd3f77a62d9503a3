namespace EdgeQueue.Hub.Loop;

/// <summary>Something that is due again and again; a loop that came late does it once and not for each time missed.</summary>
internal sealed class Schedule(TimeProvider time, TimeSpan period)
{
    private long _last = time.GetTimestamp() - (long)(period.TotalSeconds * time.TimestampFrequency);

    /// <summary>The last question was answered with yes.</summary>
    public bool JustPassed { get; private set; }

    public TimeSpan Left => period - time.GetElapsedTime(_last);

    public bool IsDue()
    {
        JustPassed = Left <= TimeSpan.Zero;
        if (JustPassed)
        {
            _last = time.GetTimestamp();
        }

        return JustPassed;
    }
}
