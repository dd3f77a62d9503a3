using EdgeQueue.Hardware.I2c;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Hardware.Spi;

namespace EdgeQueue.Hardware;

/// <summary>
/// Buses by the path from the configuration. A device node is opened as such; a path that is a Unix domain socket, or
/// begins with <c>unix:</c>, leads to a simulator (<see cref="BusSocket"/>). Nothing is opened here: the first transfer
/// does it, and does it again after an error, so that a node may start before its devices.
/// </summary>
public static class Buses
{
    /// <summary>10 MHz is the MAX7219's limit (datasheet "Timing characteristics"); a metre of wire wants less.</summary>
    public const uint DefaultSpiHertz = 1_000_000;

    /// <param name="path">E.g. <c>/dev/i2c-1</c>.</param>
    /// <param name="address">7-bit, 0x08 … 0x77.</param>
    public static II2cBus OpenI2c(string path, byte address) =>
        IsSocket(path) ? new BusSocket(path).AsI2c(address) : new LinuxI2cBus(path, address);

    /// <param name="path">E.g. <c>/dev/spidev0.0</c>.</param>
    /// <param name="hertz">Clock, 1 … 10,000,000.</param>
    public static ISpiBus OpenSpi(string path, uint hertz = DefaultSpiHertz) =>
        IsSocket(path) ? new BusSocket(path).AsSpi() : new LinuxSpiBus(path, hertz);

    /// <param name="path">E.g. <c>/dev/serial/by-id/…</c>, <c>/dev/ttyAMA0</c>, or a pseudo-terminal.</param>
    public static ISerialLine OpenSerial(string path, SerialSettings? settings = null) =>
        new LinuxSerialLine(path, settings ?? new SerialSettings());

    private static bool IsSocket(string path) =>
        path.StartsWith(BusSocket.Scheme, StringComparison.Ordinal) || FileIdentity.Of(path) is { IsSocket: true };
}
