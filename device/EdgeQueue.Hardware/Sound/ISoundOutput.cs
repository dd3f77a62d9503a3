namespace EdgeQueue.Hardware.Sound;

/// <summary>A loudspeaker.</summary>
public interface ISoundOutput : IDisposable
{
    /// <summary>
    /// Plays signed 16-bit interleaved samples and completes when the last one has been heard. On cancellation the sound
    /// stops within one period (tens of milliseconds) and the task is cancelled: that is how an evacuation interrupts.
    /// One sound at a time; a second call waits for the first.
    /// </summary>
    /// <exception cref="DeviceException">The device cannot be opened, or is gone; the next call opens it anew.</exception>
    Task PlayAsync(PcmSound sound, Volume volume, CancellationToken cancellation);
}

/// <summary>Sound as numbers.</summary>
/// <param name="Samples">Signed 16-bit, interleaved by channel.</param>
/// <param name="Rate">Frames per second, e.g. 22050.</param>
/// <param name="Channels">1 or more.</param>
public sealed record PcmSound(ReadOnlyMemory<short> Samples, int Rate, int Channels = 1)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / Channels / Rate);
}
