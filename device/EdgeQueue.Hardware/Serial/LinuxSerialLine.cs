using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Serial;

/// <summary>A tty in raw mode. Opened at the first use, and again after an error: a replugged adapter heals by itself.</summary>
public sealed class LinuxSerialLine(string path, SerialSettings settings) : ISerialLine
{
    private readonly Waiter waiter = new();
    private FileDescriptor? file;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var written = WriteSome(bytes, settings.WriteTimeout);
        if (written < bytes.Length)
        {
            throw new DeviceException(path, $"took {written} of {bytes.Length} bytes and then none for {settings.WriteTimeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Writes until the line takes nothing for the time-out; the number of bytes taken.</summary>
    /// <exception cref="DeviceException">The line is gone and took nothing.</exception>
    public int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan timeout)
    {
        var open = file ??= Open();
        return LinkWriter.Write(open, waiter, path, bytes, timeout, onBroken: Close);
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        var open = file ??= Open();
        var happened = waiter.Wait(open, Files.PollIn, timeout);
        if (happened == 0)
        {
            return 0;
        }

        var count = open.Read(buffer);
        if (count > 0 || count == -Errno.Again)
        {
            return Math.Max(0, count);
        }

        Close();
        throw new DeviceException(path, "the line is gone", count == 0 ? Errno.Io : -count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        waiter.Dispose();
    }

    /// <summary>Opens now rather than at the first use.</summary>
    /// <exception cref="DeviceException">There is nothing at the path, or it is not a terminal.</exception>
    public void EnsureOpen() => file ??= Open();

    private void Close()
    {
        file?.Dispose();
        file = null;
    }

    private FileDescriptor Open()
    {
        var opened = FileDescriptor.Open(path, Files.ReadWrite | Files.NonBlocking | Files.NoControllingTerminal);
        try
        {
            Configure(opened);
            return opened;
        }
        catch (DeviceException)
        {
            opened.Dispose();
            throw;
        }
    }

    private void Configure(FileDescriptor opened)
    {
        var now = new TerminalAbi.Settings();
        Check(opened.Control(TerminalAbi.GetSettings, ref now), "is not a serial line");

        // Raw, as cfmakeraw(3): no echo, no translation, no signals, a read returns what is there.
        now.Input = 0;
        now.Output = 0;
        now.Local = 0;
        now.Control &= ~(TerminalAbi.BaudMask | (TerminalAbi.BaudMask << 16) | TerminalAbi.SizeMask | TerminalAbi.TwoStopBits
            | TerminalAbi.ParityEnable | TerminalAbi.ParityOdd | TerminalAbi.HardwareFlow);
        now.Control |= TerminalAbi.BaudAsNumber | TerminalAbi.EightBits | TerminalAbi.EnableReceiver | TerminalAbi.IgnoreModemLines;
        now.Control |= settings.TwoStopBits ? TerminalAbi.TwoStopBits : 0;
        now.Control |= settings.HardwareFlow ? TerminalAbi.HardwareFlow : 0;
        now.Control |= settings.Parity switch
        {
            Parity.Even => TerminalAbi.ParityEnable,
            Parity.Odd => TerminalAbi.ParityEnable | TerminalAbi.ParityOdd,
            _ => 0,
        };
        now.InputBaud = now.OutputBaud = (uint)settings.Baud;
        Check(opened.Control(TerminalAbi.SetSettings, ref now), $"does not take {settings.Baud} baud");
        if (settings.Rs485)
        {
            SetDirection(opened);
        }
    }

    private void SetDirection(FileDescriptor opened)
    {
        var direction = new TerminalAbi.Rs485 { Flags = TerminalAbi.Rs485Enabled | TerminalAbi.Rs485RtsOnSend };
        var answer = opened.Control(TerminalAbi.SetRs485, ref direction);
        if (answer is not (-Errno.NotATerminal or -Errno.Invalid or -Errno.NotSupported))
        {
            Check(answer, "does not switch the RS-485 direction");
        }
    }

    private void Check(int answer, string what)
    {
        if (answer < 0)
        {
            throw new DeviceException(path, what, -answer);
        }
    }
}
