using System.Threading.Channels;

namespace EdgeQueue.Hardware.Input;

/// <summary>Keys or buttons: an evdev device or a GPIO line.</summary>
public interface IKeySource
{
    /// <summary>
    /// Bounded at 256. When it is full the reading thread waits, the kernel's own buffer fills, and the loss that may
    /// follow is told as <see cref="PressesLost"/>: never silent.
    /// </summary>
    ChannelReader<InputArrival> Arrivals { get; }

    /// <summary>Reads until cancelled, across unplugging and replugging; completes when its thread has ended.</summary>
    Task RunAsync(CancellationToken cancellation);
}
