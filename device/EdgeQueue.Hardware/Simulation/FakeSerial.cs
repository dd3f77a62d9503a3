using System.Runtime.InteropServices;
using System.Text;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// A pseudo-terminal: a node opens <see cref="Path"/> as its serial line, the simulator has the other end. Disposing it is
/// like pulling the adapter out.
/// </summary>
public sealed class FakeSerial : IDisposable
{
    private readonly Waiter waiter = new();
    private readonly FileDescriptor master;
    private readonly FileDescriptor slave;

    public FakeSerial()
    {
        master = new FileDescriptor(
            TerminalPairs.Open(Files.ReadWrite | Files.NoControllingTerminal | Files.NonBlocking | Files.CloseOnExec));
        if (master.IsInvalid || TerminalPairs.Grant(master) != 0 || TerminalPairs.Unlock(master) != 0)
        {
            throw new DeviceException("/dev/ptmx", "cannot make a pseudo-terminal", Marshal.GetLastPInvokeError());
        }

        Path = NameOf(master);

        // Held open and raw from the start, so that the other side neither echoes nor ends while the node is away.
        slave = FileDescriptor.Open(Path, Files.ReadWrite | Files.NoControllingTerminal | Files.NonBlocking);
        var settings = new TerminalAbi.Settings();
        slave.Control(TerminalAbi.GetSettings, ref settings);
        (settings.Input, settings.Output, settings.Local) = (0, 0, 0);
        slave.Control(TerminalAbi.SetSettings, ref settings);
    }

    /// <summary>E.g. <c>/dev/pts/3</c>.</summary>
    public string Path { get; }

    /// <summary>What the node wrote; 0 bytes when nothing came in time.</summary>
    public int Read(Span<byte> buffer, TimeSpan timeout) =>
        waiter.Wait(master, Files.PollIn, timeout) == 0 ? 0 : Math.Max(0, master.Read(buffer));

    /// <summary>What the node will read.</summary>
    /// <exception cref="DeviceException">Nobody reads and the terminal is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (LinkWriter.Write(master, waiter, Path, bytes, TimeSpan.FromSeconds(1)) < bytes.Length)
        {
            throw new DeviceException(Path, "nobody reads");
        }
    }

    /// <summary>The rate that the node has set, in bits per second.</summary>
    public int Baud
    {
        get
        {
            var settings = new TerminalAbi.Settings();
            master.Control(TerminalAbi.GetSettings, ref settings);
            return (int)settings.OutputBaud;
        }
    }

    public void Dispose()
    {
        slave.Dispose();
        master.Dispose();
        waiter.Dispose();
    }

    private static unsafe string NameOf(FileDescriptor master)
    {
        Span<byte> name = stackalloc byte[128];
        fixed (byte* pointer = name)
        {
            var error = TerminalPairs.NameOf(master, pointer, (nuint)name.Length);
            return error == 0
                ? Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)])
                : throw new DeviceException("/dev/ptmx", "cannot name its other end", error);
        }
    }
}
