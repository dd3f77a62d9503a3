using System.Threading.Channels;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Input;

/// <summary>
/// Keys from an event device, best by a stable path (<c>/dev/input/by-path/…</c>); or from a FIFO into which someone
/// writes the same 24-byte events. One thread, which lives exactly as long as <see cref="RunAsync"/>.
/// </summary>
public sealed class EvdevReader(string path, TimeProvider time) : IKeySource
{
    private static readonly TimeSpan RetryOpening = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookAtPath = TimeSpan.FromSeconds(1);

    private readonly ArrivalChannel arrivals = new();

    /// <inheritdoc/>
    public ChannelReader<InputArrival> Arrivals => arrivals.Reader;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellation) =>
        DeviceThread.Run($"evdev {path}", waiter => Read(waiter, cancellation), cancellation);

    private void Read(Waiter waiter, CancellationToken cancellation)
    {
        string? told = null;
        while (!cancellation.IsCancellationRequested)
        {
            string reason;
            try
            {
                using var device = EvdevDevice.Open(path);
                arrivals.Tell(new DevicePresent(path, device.Name()), cancellation);
                told = null;
                reason = Follow(device, waiter, cancellation);
            }
            catch (DeviceException absent)
            {
                reason = absent.Message;
            }

            if (told is null && !cancellation.IsCancellationRequested)
            {
                told = reason;
                arrivals.Tell(new DeviceAbsent(path, reason), cancellation);
            }

            waiter.Wait(null, 0, RetryOpening);
        }
    }

    /// <summary>Reads until the device is gone; says why.</summary>
    private string Follow(EvdevDevice device, Waiter waiter, CancellationToken cancellation)
    {
        var decoder = new EvdevDecoder(path, time.GetTimestamp, device.KeysDown);
        Action<InputArrival> tell = arrival => arrivals.Tell(arrival, cancellation);
        Span<byte> buffer = stackalloc byte[64 * 24];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var happened = waiter.Wait(device.File, Files.PollIn, LookAtPath);
            var count = happened == 0 ? -Errno.Again : device.File.Read(buffer);
            if (count > 0)
            {
                decoder.Take(buffer[..count], tell);
                continue;
            }

            // ENODEV is an unplugged device; POLLHUP without data and the end of a file are the same for a fake.
            if (count != -Errno.Again || (happened & (Files.PollHangUp | Files.PollError)) != 0)
            {
                decoder.ReleaseAll(tell);
                return count is 0 or -Errno.Again ? "it was closed" : new DeviceException(path, "cannot read", -count).Message;
            }

            if (!device.IsStillAtItsPath)
            {
                decoder.ReleaseAll(tell);
                return "it is no longer at its path";
            }
        }
    }
}
