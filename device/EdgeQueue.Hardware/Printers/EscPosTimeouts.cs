namespace EdgeQueue.Hardware.Printers;

/// <summary>How patient to be with a printer.</summary>
public sealed record EscPosTimeouts
{
    /// <summary>Without a single byte taken: a printer pauses while it prints, feeds and cuts.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For an answer to DLE EOT, which printers give at once.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>For the confirmation after a job: the time to print one, at 100 mm/s and slower.</summary>
    public TimeSpan Confirm { get; init; } = TimeSpan.FromSeconds(10);
}
