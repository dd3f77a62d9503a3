using EdgeQueue.Hardware;
using EdgeQueue.Hardware.I2c;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Hardware.Spi;

namespace EdgeQueue.Tests.Hardware.Displays;

/// <summary>Keeps the bytes, hands them to a simulated chip, and can be unplugged.</summary>
internal sealed class RecordingBus(Action<byte[]>? chip = null) : II2cBus, ISpiBus, ISerialLine
{
    public List<byte[]> Transfers { get; } = [];

    /// <summary>How many more transfers go through before the bus breaks.</summary>
    public int BreaksAfter { get; set; } = int.MaxValue;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (BreaksAfter-- <= 0)
        {
            throw new DeviceException("/dev/bus", "unplugged", 121);
        }

        Transfers.Add(bytes.ToArray());
        chip?.Invoke(bytes.ToArray());
    }

    public int Read(Span<byte> buffer, TimeSpan timeout) => 0;

    public void Dispose()
    {
    }
}
