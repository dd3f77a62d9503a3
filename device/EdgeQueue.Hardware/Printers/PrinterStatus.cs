namespace EdgeQueue.Hardware.Printers;

/// <summary>What the printer says about itself. No flag: ready, and the printer said so.</summary>
[Flags]
public enum PrinterFaults
{
    None = 0,

    /// <summary>Little paper left: order, but go on.</summary>
    PaperNearEnd = 1,

    /// <summary>No paper: do not start a ticket.</summary>
    PaperOut = 2,

    CoverOpen = 4,

    /// <summary>Does not take bytes, for any reason.</summary>
    Offline = 8,

    /// <summary>Cutter, head temperature or another fault of the mechanism.</summary>
    Error = 16,

    /// <summary>The transport cannot tell, or the printer did not answer. Never to be read as "ready".</summary>
    Unknown = 32,
}

/// <summary>The printer's state.</summary>
public readonly record struct PrinterStatus(PrinterFaults Faults)
{
    public static PrinterStatus Ready => new(PrinterFaults.None);

    public static PrinterStatus Unknown => new(PrinterFaults.Unknown);

    /// <summary>True when a ticket must not be started: the printer said that it cannot print. Not knowing is no reason.</summary>
    public bool CannotPrint =>
        (Faults & (PrinterFaults.PaperOut | PrinterFaults.CoverOpen | PrinterFaults.Offline | PrinterFaults.Error)) != 0;

    public bool Has(PrinterFaults fault) => (Faults & fault) == fault;

    public override string ToString() => Faults == PrinterFaults.None ? "Ready" : Faults.ToString();
}
