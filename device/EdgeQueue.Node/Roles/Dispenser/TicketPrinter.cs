using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>Draws tickets, prints them, and asks the printer how it is while it is idle.</summary>
public sealed class TicketPrinter(
    EscPosPrinter printer, string path, Func<TicketContent, byte[]> draw, NodeStatus status, TimeProvider time, NodeLog log)
    : ITicketPrinter
{
    private static readonly TimeSpan AskWhenWell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskWhenNot = TimeSpan.FromSeconds(1);

    // Drawing has state of its own and belongs to one thread at a time.
    private readonly SemaphoreSlim oneAtATime = new(1);
    private volatile StatusBox last = new(PrinterStatus.Unknown);

    /// <summary>Told when it can print again or can no longer; from any thread.</summary>
    public event Action? Changed;

    public PrinterStatus Status => last.Status;

    public async Task<byte[]?> DrawAsync(TicketContent content)
    {
        await oneAtATime.WaitAsync();
        try
        {
            return await Task.Run(() => draw(content));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a font or a text does to the drawing must not stop the next customer's ticket.
            log.Error(DispenserEvent.CannotDraw, $"cannot draw ticket {content.Label}: {e}");
            return null;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Goes on to its end even when the process is being stopped: half a ticket helps nobody.</summary>
    public async Task<PrintOutcome> PrintAsync(byte[] job)
    {
        var outcome = await printer.PrintAsync(job, CancellationToken.None);
        Take(outcome.Status);
        return outcome;
    }

    /// <summary>Asks now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Take(await printer.AskAsync(cancellation));
                await Task.Delay(Status.CannotPrint ? AskWhenNot : AskWhenWell, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private void Take(PrinterStatus now)
    {
        var changed = now.CannotPrint != Status.CannotPrint;
        last = new StatusBox(now);
        Fault("paperOut", PrinterFaults.PaperOut, "is out of paper; put a new roll in");
        Fault("paperNearEnd", PrinterFaults.PaperNearEnd, "has little paper left; bring a new roll");
        Fault("coverOpen", PrinterFaults.CoverOpen, "is open; close its cover");
        Fault("printerMissing", PrinterFaults.Offline, "does not take bytes; look at its cable and its power");
        Fault("printerError", PrinterFaults.Error, "reports a fault of its cutter or head; clear it and switch it off and on");
        if (changed)
        {
            Changed?.Invoke();
        }
    }

    private void Fault(string code, PrinterFaults fault, string what)
    {
        // "Offline" comes along with most others and then says nothing of its own.
        var told = Status.Has(fault) && (fault != PrinterFaults.Offline
            || (Status.Faults & (PrinterFaults.PaperOut | PrinterFaults.CoverOpen | PrinterFaults.Error)) == 0);
        status.Fault(code, told ? $"The ticket printer at {path} {what}." : null);
    }

    private sealed record StatusBox(PrinterStatus Status);
}
