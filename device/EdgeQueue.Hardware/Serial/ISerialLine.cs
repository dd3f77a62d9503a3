namespace EdgeQueue.Hardware.Serial;

/// <summary>A serial line that carries raw bytes both ways.</summary>
public interface ISerialLine : IDisposable
{
    /// <summary>Writes all bytes, waiting for the line where it must.</summary>
    /// <exception cref="DeviceException">The line is gone, or took nothing for the time-out.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Number of bytes read; 0 when none came within the time-out.</summary>
    /// <exception cref="DeviceException">The line is gone.</exception>
    int Read(Span<byte> buffer, TimeSpan timeout);
}
