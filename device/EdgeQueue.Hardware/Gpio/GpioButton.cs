using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Gpio;

/// <summary>A button at a header pin, told as if it were the given key of a keypad.</summary>
/// <param name="chip">E.g. <c>/dev/gpiochip0</c>.</param>
/// <param name="offset">The line's number on its chip; on a Raspberry Pi the "GPIO" number of the header.</param>
/// <param name="key">What its presses are called.</param>
public sealed class GpioButton(string chip, uint offset, KeyCode key, GpioInputSettings settings) : IKeySource
{
    private static readonly TimeSpan RetryOpening = TimeSpan.FromSeconds(1);

    private readonly ArrivalChannel arrivals = new();

    private string Name => $"{chip}:{offset}";

    /// <inheritdoc/>
    public ChannelReader<InputArrival> Arrivals => arrivals.Reader;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellation) =>
        DeviceThread.Run($"gpio {Name}", waiter => Read(waiter, cancellation), cancellation);

    private void Read(Waiter waiter, CancellationToken cancellation)
    {
        var absent = false;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using var line = GpioLine.Request(chip, GpioLine.Input(offset, settings));
                absent = false;
                arrivals.Tell(new DevicePresent(Name, Name), cancellation);
                Follow(line, waiter, cancellation);
            }
            catch (DeviceException gone)
            {
                if (!absent)
                {
                    arrivals.Tell(new DeviceAbsent(Name, gone.Message), cancellation);
                }

                absent = true;
                waiter.Wait(null, 0, RetryOpening);
            }
        }
    }

    private void Follow(FileDescriptor line, Waiter waiter, CancellationToken cancellation)
    {
        var decoder = new GpioEventDecoder(Name, key);
        Span<byte> buffer = stackalloc byte[16 * Unsafe.SizeOf<GpioAbi.LineEvent>()];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (waiter.Wait(line, Files.PollIn, Timeout.InfiniteTimeSpan) == 0)
            {
                continue;
            }

            var count = line.Read(buffer);
            if (count <= 0)
            {
                decoder.Release(arrival => arrivals.Tell(arrival, cancellation));
                throw new DeviceException(Name, "cannot read", count == 0 ? Errno.NoDevice : -count);
            }

            // The kernel only ever gives whole events (gpiolib-cdev.c).
            foreach (ref readonly var @event in MemoryMarshal.Cast<byte, GpioAbi.LineEvent>(buffer[..count]))
            {
                decoder.Take(@event, arrival => arrivals.Tell(arrival, cancellation));
            }
        }
    }
}
