namespace EdgeQueue.Hardware.Spi;

/// <summary>One chip (or daisy chain) behind one chip select.</summary>
public interface ISpiBus : IDisposable
{
    /// <summary>One transfer: chip select low, these bytes (most significant bit first), chip select high.</summary>
    /// <param name="bytes">1 … 4096 bytes, spidev's default buffer.</param>
    /// <exception cref="DeviceException">The bus is gone. A missing chip cannot be noticed: SPI does not acknowledge.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
