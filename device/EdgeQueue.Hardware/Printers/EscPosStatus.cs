namespace EdgeQueue.Hardware.Printers;

/// <summary>
/// What a printer's status bytes mean (Epson "ESC/POS Command Reference", DLE EOT, GS r, GS a). The fixed bits tell the
/// kinds of answers apart, because they come down one wire.
/// </summary>
public static class EscPosStatus
{
    /// <summary>DLE EOT answers: bit 7 = 0, bit 4 = 1, bit 1 = 1, bit 0 = 0.</summary>
    public static bool IsRealTime(byte answer) => (answer & 0x93) == 0x12;

    /// <summary>GS r answers: bit 7 = 0, bit 4 = 0.</summary>
    public static bool IsInOrder(byte answer) => (answer & 0x90) == 0x00;

    /// <summary>The meaning of a DLE EOT answer to the question that was asked; Unknown for a byte that is none.</summary>
    public static PrinterStatus RealTime(EscPos.RealTimeStatus asked, byte answer) =>
        !IsRealTime(answer) ? PrinterStatus.Unknown : new PrinterStatus(asked switch
        {
            EscPos.RealTimeStatus.Printer => Flag(answer, 0x08, PrinterFaults.Offline),
            EscPos.RealTimeStatus.OfflineCause =>
                Flag(answer, 0x04, PrinterFaults.CoverOpen)
                | Flag(answer, 0x20, PrinterFaults.PaperOut)
                | Flag(answer, 0x40, PrinterFaults.Error),
            EscPos.RealTimeStatus.ErrorCause => Flag(answer, 0x08 | 0x20 | 0x40, PrinterFaults.Error),
            EscPos.RealTimeStatus.Paper =>
                Flag(answer, 0x0C, PrinterFaults.PaperNearEnd) | Flag(answer, 0x60, PrinterFaults.PaperOut),
            _ => PrinterFaults.Unknown,
        });

    /// <summary>The meaning of a GS r 1 answer; Unknown for a byte that is none.</summary>
    public static PrinterStatus InOrder(byte answer) => !IsInOrder(answer)
        ? PrinterStatus.Unknown
        : new PrinterStatus(Flag(answer, 0x03, PrinterFaults.PaperNearEnd) | Flag(answer, 0x0C, PrinterFaults.PaperOut));

    private static PrinterFaults Flag(byte answer, int bits, PrinterFaults meaning) =>
        (answer & bits) != 0 ? meaning : PrinterFaults.None;
}
