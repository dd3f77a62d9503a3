namespace EdgeQueue.Hardware.I2c;

/// <summary>One chip at its address on an I²C bus: what a driver is given, so that a test can look at the bytes.</summary>
public interface II2cBus : IDisposable
{
    /// <summary>
    /// One transfer: start, address with the write bit, these bytes, stop.
    /// </summary>
    /// <param name="bytes">1 … 33 bytes: what an SMBus I²C block write carries (a command byte and up to 32 more).</param>
    /// <exception cref="DeviceException">Nothing acknowledged the address, or the bus is gone.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}
