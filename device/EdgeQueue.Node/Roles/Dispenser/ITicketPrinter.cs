using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>The printer, as the dispenser sees it.</summary>
public interface ITicketPrinter
{
    /// <summary>What is known of it now.</summary>
    PrinterStatus Status { get; }

    /// <summary>The bytes of the whole ticket with its cut; null when it cannot be drawn (told in the log).</summary>
    Task<byte[]?> DrawAsync(TicketContent content);

    Task<PrintOutcome> PrintAsync(byte[] job);
}
