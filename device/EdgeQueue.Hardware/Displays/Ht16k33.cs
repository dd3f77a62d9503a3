using EdgeQueue.Hardware.I2c;

namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// HOLTEK HT16K33, RAM mapping 16×8 LED controller (datasheet rev. 1.10). Sixteen bytes of display RAM behind an I²C
/// address of 0x70 … 0x77; what a bit lights is the board's business.
/// </summary>
public sealed class Ht16k33(II2cBus bus) : IDisposable
{
    public const int RamBytes = 16;

    private readonly byte[] ram = new byte[RamBytes];
    private (int Brightness, bool Lit, Blink Blink) setup = (15, true, Blink.None);
    private byte[]? sentRam;
    private (int Brightness, bool Lit, Blink Blink)? sentSetup;

    /// <summary>"Summary of commands", datasheet page 30: the upper half is the command, the lower its argument.</summary>
    private enum Command : byte
    {
        DisplayData = 0x00,
        SystemSetup = 0x20,
        DisplaySetup = 0x80,
        Dimming = 0xE0,
    }

    /// <summary>What the next <see cref="Flush"/> puts into the display RAM.</summary>
    public Span<byte> Ram => ram;

    /// <param name="brightness">0 … 15: pulse width 1/16 … 16/16 (datasheet "Digital dimming data input").</param>
    public void Set(int brightness, bool lit, Blink blink) => setup = (brightness, lit, blink);

    /// <summary>Sends what changed; everything, the oscillator first, when nothing is known of the chip.</summary>
    public void Flush()
    {
        var (knownRam, knownSetup) = (sentRam, sentSetup);

        // Forgotten until all of it has arrived: a transfer that failed half way is not known to have done anything.
        Invalidate();
        if (knownSetup is null)
        {
            Write((byte)Command.SystemSetup | 1);
        }

        if (knownRam is null || !knownRam.AsSpan().SequenceEqual(ram))
        {
            bus.Write([(byte)Command.DisplayData, .. ram]);
        }

        if (knownSetup?.Brightness != setup.Brightness)
        {
            Write((byte)Command.Dimming | setup.Brightness);
        }

        if (knownSetup?.Lit != setup.Lit || knownSetup?.Blink != setup.Blink)
        {
            Write((byte)Command.DisplaySetup | ((int)setup.Blink << 1) | (setup.Lit ? 1 : 0));
        }

        (sentRam, sentSetup) = ([.. ram], setup);
    }

    /// <summary>Nothing is known of the chip any more.</summary>
    public void Invalidate() => (sentRam, sentSetup) = (null, null);

    public void Dispose() => bus.Dispose();

    private void Write(int command) => bus.Write([(byte)command]);
}
