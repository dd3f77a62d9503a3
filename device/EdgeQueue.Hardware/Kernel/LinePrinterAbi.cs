using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>linux/lp.h: the status lines of a parallel port, which the USB printer class keeps (USB Printer Class 1.1 §4.2.2).</summary>
internal static class LinePrinterAbi
{
    public const uint GetStatus = 0x060B;

    private const int PaperOut = 0x20;
    private const int Selected = 0x10;
    private const int NoError = 0x08;

    /// <summary>
    /// Only faults are believed: many receipt printers always answer "selected, no error" here, so their good news is no news.
    /// </summary>
    public static PrinterStatus Meaning(int status)
    {
        var faults = (status & PaperOut) != 0 ? PrinterFaults.PaperOut : PrinterFaults.None;
        faults |= (status & Selected) == 0 ? PrinterFaults.Offline : PrinterFaults.None;
        faults |= (status & NoError) == 0 ? PrinterFaults.Error : PrinterFaults.None;
        return new PrinterStatus(faults == PrinterFaults.None ? PrinterFaults.Unknown : faults);
    }
}
