using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays an event device into a FIFO: the same 24-byte events that the kernel gives. The FIFO is made when there is
/// nothing at the path, and left there at the end for whoever reads it.
/// </summary>
public sealed class FakeKeys : IDisposable
{
    private readonly string path;
    private readonly FileDescriptor file;
    private readonly Lock oneWriter = new();

    /// <exception cref="DeviceException">There is something else at the path, or the folder is missing.</exception>
    public FakeKeys(string path)
    {
        this.path = path;
        if (Files.MakeFifo(path, 0x1B0) != 0 && Marshal.GetLastPInvokeError() is var errno && errno != Errno.Exists)
        {
            throw new DeviceException(path, "cannot make a FIFO", errno);
        }

        if (FileIdentity.Of(path) is not { IsFifo: true })
        {
            throw new DeviceException(path, "there is something else than a FIFO");
        }

        // Read-write: opening works without a reader, and events wait in the FIFO until there is one.
        file = FileDescriptor.Open(path, Files.ReadWrite | Files.NonBlocking);
    }

    /// <summary>Down and up again.</summary>
    public void Press(KeyCode key)
    {
        Change(key, true);
        Change(key, false);
    }

    /// <exception cref="DeviceException">Nobody reads and the FIFO is full.</exception>
    public void Change(KeyCode key, bool down) =>
        Write(Event(EvdevAbi.TypeKey, (ushort)key, down ? 1 : 0), Event(EvdevAbi.TypeSynchronise, 0, 0));

    /// <summary>Types a text as a scanner does, with Enter at the end.</summary>
    /// <exception cref="ArgumentException">A character has no key on the United States layout.</exception>
    public void Type(string text)
    {
        foreach (var character in text)
        {
            var (key, shift) = KeyText.KeyFor(character)
                ?? throw new ArgumentException($"no key types '{character}'", nameof(text));
            if (shift)
            {
                Change(KeyCode.LeftShift, true);
            }

            Press(key);
            if (shift)
            {
                Change(KeyCode.LeftShift, false);
            }
        }

        Press(KeyCode.Enter);
    }

    public void Dispose() => file.Dispose();

    /// <summary>One event with the present time.</summary>
    internal static EvdevAbi.InputEvent Event(ushort type, ushort code, int value)
    {
        // On Linux a tick of the stopwatch is a nanosecond of CLOCK_MONOTONIC, the clock that the reader asks devices for.
        var nanoseconds = Stopwatch.GetTimestamp();
        return new EvdevAbi.InputEvent
        {
            Seconds = nanoseconds / 1_000_000_000,
            Microseconds = nanoseconds % 1_000_000_000 / 1000,
            Type = type,
            Code = code,
            Value = value,
        };
    }

    internal static byte[] Bytes(EvdevAbi.InputEvent @event)
    {
        var bytes = new byte[Unsafe.SizeOf<EvdevAbi.InputEvent>()];
        MemoryMarshal.Write(bytes, @event);
        return bytes;
    }

    private void Write(EvdevAbi.InputEvent change, EvdevAbi.InputEvent report)
    {
        // One write of less than PIPE_BUF is atomic (pipe(7)): a full FIFO takes all of it or nothing.
        byte[] bytes = [.. Bytes(change), .. Bytes(report)];
        lock (oneWriter)
        {
            if (file.Write(bytes) is var count && count < 0)
            {
                throw new DeviceException(path, "cannot write a key (does anyone read?)", -count);
            }
        }
    }
}
