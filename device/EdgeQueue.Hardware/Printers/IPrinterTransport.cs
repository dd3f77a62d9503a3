namespace EdgeQueue.Hardware.Printers;

/// <summary>How bytes get to a printer and back. Opened for each job, so that a replug or a reboot of the printer heals itself.</summary>
public interface IPrinterTransport
{
    /// <summary>For messages: the path or host:port.</summary>
    string Name { get; }

    /// <exception cref="DeviceException">The printer is not there; not one byte was sent.</exception>
    IPrinterLink Open();
}

/// <summary>An open way to the printer.</summary>
public interface IPrinterLink : IDisposable
{
    /// <summary>False where nothing ever comes back (a file, a FIFO, a write-only port).</summary>
    bool CanRead { get; }

    /// <summary>
    /// Writes as much as the printer takes until the time-out; fewer than all means that it stopped taking bytes.
    /// A time-out counts from the last byte that was taken, because a printer pauses while it prints.
    /// </summary>
    /// <exception cref="DeviceException">The link broke and not one byte of this call had been taken; when some had, their number is returned.</exception>
    int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout);

    /// <summary>Number of bytes that came, 0 when none came in time.</summary>
    /// <exception cref="DeviceException">The link broke.</exception>
    int Read(Span<byte> buffer, TimeSpan timeout);

    /// <summary>The port's own idea of the printer (LPGETSTATUS), <see cref="PrinterStatus.Unknown"/> where there is none.</summary>
    PrinterStatus PortStatus();
}
