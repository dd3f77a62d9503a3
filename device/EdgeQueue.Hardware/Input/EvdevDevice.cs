using System.Text;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Input;

/// <summary>An open event device, or a FIFO that plays one.</summary>
internal sealed class EvdevDevice : IDisposable
{
    private readonly string path;
    private readonly FileIdentity? identity;

    private EvdevDevice(string path, FileDescriptor file)
    {
        this.path = path;
        File = file;
        identity = FileIdentity.Of(file);
    }

    public FileDescriptor File { get; }

    /// <summary>True while the path still leads to this very file; a FIFO that was made anew gives no other sign.</summary>
    public bool IsStillAtItsPath => FileIdentity.Of(path) is { } there && there == identity;

    /// <exception cref="DeviceException">It cannot be opened.</exception>
    public static EvdevDevice Open(string path)
    {
        // Read-write, because a FIFO opened for reading only is at its end whenever its last writer closes.
        var file = FileDescriptor.TryOpen(path, Files.ReadWrite | Files.NonBlocking, out var errno)
            ?? FileDescriptor.TryOpen(path, Files.ReadOnly | Files.NonBlocking, out errno)
            ?? throw new DeviceException(path, "cannot open", errno);

        // Exclusive, so that keypad digits do not land on a text console. A FIFO knows neither this nor clocks.
        file.Control(EvdevAbi.Grab, 1);
        var clock = EvdevAbi.ClockMonotonic;
        file.Control(EvdevAbi.SetClock, ref clock);
        return new EvdevDevice(path, file);
    }

    public unsafe string Name()
    {
        Span<byte> name = stackalloc byte[EvdevAbi.NameBytes];
        fixed (byte* pointer = name)
        {
            var length = File.Control(EvdevAbi.GetName, (nint)pointer);
            return length > 1 ? Encoding.UTF8.GetString(name[..(length - 1)]) : path;
        }
    }

    /// <summary>The keys that are down (EVIOCGKEY); none where the file cannot tell.</summary>
    public unsafe IReadOnlyCollection<KeyCode> KeysDown()
    {
        Span<byte> bits = stackalloc byte[EvdevAbi.KeyBytes];
        fixed (byte* pointer = bits)
        {
            if (File.Control(EvdevAbi.GetKeys, (nint)pointer) < 0)
            {
                return [];
            }
        }

        var keys = new List<KeyCode>();
        for (var code = 0; code < bits.Length * 8; code++)
        {
            if ((bits[code / 8] & (1 << (code % 8))) != 0)
            {
                keys.Add((KeyCode)code);
            }
        }

        return keys;
    }

    public void Dispose() => File.Dispose();
}
