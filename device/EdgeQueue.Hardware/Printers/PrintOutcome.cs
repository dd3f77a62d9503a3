namespace EdgeQueue.Hardware.Printers;

/// <summary>How a job ended. The intent was durable before; this decides whether the ticket is known to exist.</summary>
public enum PrintResult
{
    /// <summary>The printer itself answered, after the last byte, that it has worked through the job and has paper.</summary>
    Printed,

    /// <summary>All bytes were taken, and this way to the printer cannot tell more.</summary>
    Sent,

    /// <summary>Not one byte of the job left: safe to try again.</summary>
    NotStarted,

    /// <summary>Some bytes left, or the printer did not confirm: paper may exist. Only a person repeats it.</summary>
    Uncertain,
}

/// <summary>How a job ended, with the reason in words and what the printer said last.</summary>
public sealed record PrintOutcome(PrintResult Result, PrinterStatus Status, string? Reason);
