using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Printers;

/// <summary>A receipt printer behind any transport. One job or question at a time; others wait.</summary>
public sealed class EscPosPrinter(IPrinterTransport transport, EscPosTimeouts timeouts) : IDisposable
{
    private static readonly EscPos.RealTimeStatus[] Questions =
    [
        EscPos.RealTimeStatus.Printer, EscPos.RealTimeStatus.OfflineCause,
        EscPos.RealTimeStatus.ErrorCause, EscPos.RealTimeStatus.Paper,
    ];

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>
    /// Whether it can answer: it has answered all questions, or confirmed a job (one stray byte is not enough). Null: not known yet.
    /// Only a printer that took a whole job and the question after it, and stayed silent, is taken for one that cannot.
    /// </summary>
    private bool? answers;

    public EscPosPrinter(IPrinterTransport transport)
        : this(transport, new EscPosTimeouts())
    {
    }

    /// <summary>
    /// Asks the printer how it is. <see cref="PrinterFaults.Offline"/> when there is no way to it at all,
    /// <see cref="PrinterFaults.Unknown"/> when the way is there but tells nothing.
    /// </summary>
    public Task<PrinterStatus> AskAsync(CancellationToken cancellation) => OneAtATime(
        () =>
        {
            try
            {
                using var link = transport.Open();
                return Ask(link, cancellation);
            }
            catch (DeviceException)
            {
                return new PrinterStatus(PrinterFaults.Offline);
            }
        },
        cancellation);

    /// <summary>
    /// Prints a job. Not cancelled half way: once the first byte has left, it goes on to its time-outs, because half a
    /// ticket helps nobody.
    /// </summary>
    /// <param name="job">Complete, with its cut; made by <see cref="EscPos"/>.</param>
    public Task<PrintOutcome> PrintAsync(ReadOnlyMemory<byte> job, CancellationToken cancellation) =>
        OneAtATime(() => Print(job.Span, cancellation), cancellation);

    public void Dispose() => oneAtATime.Dispose();

    private PrintOutcome Print(ReadOnlySpan<byte> job, CancellationToken cancellation)
    {
        try
        {
            using var link = transport.Open();
            var before = Ask(link, cancellation);
            if (before.CannotPrint)
            {
                return new PrintOutcome(PrintResult.NotStarted, before, $"{transport.Name}: {before}");
            }

            return Print(link, job, before);
        }
        catch (DeviceException gone)
        {
            return new PrintOutcome(PrintResult.NotStarted, new PrinterStatus(PrinterFaults.Offline), gone.Message);
        }
    }

    private PrintOutcome Print(IPrinterLink link, ReadOnlySpan<byte> job, PrinterStatus before)
    {
        var written = link.Write(job, timeouts.Write);
        if (written < job.Length)
        {
            var reason = $"{transport.Name}: took {written} of {job.Length} bytes";
            return written == 0
                ? new PrintOutcome(PrintResult.NotStarted, new PrinterStatus(PrinterFaults.Offline), reason)
                : new PrintOutcome(PrintResult.Uncertain, Status(link), reason);
        }

        // One that answered nothing before may be slow, and what is merely sent is lost with its connection: so it is asked, and waited for once.
        return !link.CanRead || (answers == false && before.Has(PrinterFaults.Unknown))
            ? new PrintOutcome(PrintResult.Sent, before, null)
            : Confirm(link, before);
    }

    private PrintOutcome Confirm(IPrinterLink link, PrinterStatus before)
    {
        try
        {
            var question = new EscPos().AskPaperInOrder().ToArray();
            if (link.Write(question, timeouts.Write) < question.Length)
            {
                return new PrintOutcome(PrintResult.Uncertain, Status(link), $"{transport.Name}: took the job, and not the question after it");
            }

            if (AwaitAnswer(link, EscPosStatus.IsInOrder, timeouts.Confirm, CancellationToken.None) is { } answer)
            {
                answers = true;

                // Paper that ends in the middle of a ticket is confirmed as "worked through" by some printers.
                var after = EscPosStatus.InOrder(answer);
                return after.Has(PrinterFaults.PaperOut)
                    ? new PrintOutcome(PrintResult.Uncertain, after, $"{transport.Name}: the paper ended")
                    : new PrintOutcome(PrintResult.Printed, after, null);
            }

            if (answers is null)
            {
                answers = false;
                return new PrintOutcome(PrintResult.Sent, before, null);
            }

            return new PrintOutcome(PrintResult.Uncertain, Status(link), $"{transport.Name}: did not confirm");
        }
        catch (DeviceException broken)
        {
            return new PrintOutcome(PrintResult.Uncertain, new PrinterStatus(PrinterFaults.Offline), broken.Message);
        }
    }

    private PrinterStatus Status(IPrinterLink link)
    {
        try
        {
            return Ask(link, CancellationToken.None);
        }
        catch (DeviceException)
        {
            return new PrinterStatus(PrinterFaults.Offline);
        }
    }

    private PrinterStatus Ask(IPrinterLink link, CancellationToken cancellation)
    {
        var port = link.PortStatus();
        if (!link.CanRead)
        {
            return port;
        }

        DiscardOld(link);
        var faults = PrinterFaults.None;
        foreach (var question in Questions)
        {
            var bytes = new EscPos().AskRealTime(question).ToArray();
            if (link.Write(bytes, timeouts.Write) < bytes.Length
                || AwaitAnswer(link, EscPosStatus.IsRealTime, timeouts.Answer, cancellation) is not { } answer)
            {
                return port;
            }

            faults |= EscPosStatus.RealTime(question, answer).Faults;
        }

        answers = true;
        return new PrinterStatus(faults);
    }

    /// <summary>The first byte of the kind that is awaited; others (automatic status, old answers) are passed over.</summary>
    private byte? AwaitAnswer(IPrinterLink link, Func<byte, bool> isAwaited, TimeSpan patience, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var buffer = new byte[1];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rest = patience - TimeProvider.System.GetElapsedTime(start);
            if (rest <= TimeSpan.Zero || link.Read(buffer, rest) == 0)
            {
                return null;
            }

            if (isAwaited(buffer[0]))
            {
                return buffer[0];
            }
        }
    }

    private static void DiscardOld(IPrinterLink link)
    {
        var old = new byte[64];
        while (link.Read(old, TimeSpan.Zero) > 0)
        {
            // Answers to questions that nobody waits for any more.
        }
    }

    private async Task<T> OneAtATime<T>(Func<T> work, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            // What was printed is told even when the owner has been cancelled meanwhile; only work that never finished is not.
            (bool Done, T? Value) result = default;
            await DeviceThread.Run($"printer {transport.Name}", _ => result = (true, work()), cancellation);
            return result.Done ? result.Value! : throw new OperationCanceledException(cancellation);
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}
