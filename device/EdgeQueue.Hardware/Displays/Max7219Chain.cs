using EdgeQueue.Hardware.Spi;

namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// Maxim MAX7219 (datasheet 19-4452 rev. 4), n of them in a daisy chain: one chip-select cycle carries one 16-bit word for
/// each, and the word sent first ends in the chip furthest from the controller ("No-Op Register").
/// </summary>
public sealed class Max7219Chain : IDisposable
{
    private const int Digits = 8;

    private readonly ISpiBus bus;
    private readonly byte[] digits;
    private byte[]? sent;
    private (int Brightness, bool Lit) setup = (15, true);
    private (int Brightness, bool Lit)? sentSetup;

    /// <param name="modules">1 … 64 chips.</param>
    public Max7219Chain(ISpiBus bus, int modules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modules, 64);
        this.bus = bus;
        Modules = modules;
        digits = new byte[modules * Digits];
    }

    /// <summary>Table 2, register address map.</summary>
    private enum Register : byte
    {
        Digit0 = 0x1,
        DecodeMode = 0x9,
        Intensity = 0xA,
        ScanLimit = 0xB,
        Shutdown = 0xC,
        DisplayTest = 0xF,
    }

    public int Modules { get; }

    /// <summary>The byte of digit 0 … 7 of a module; module 0 is the furthest from the controller.</summary>
    public ref byte this[int module, int digit] => ref digits[(digit * Modules) + module];

    public void Clear() => Array.Clear(digits);

    /// <param name="brightness">0 … 15: duty 1/32 … 31/32 (Table 7).</param>
    public void Set(int brightness, bool lit) => setup = (brightness, lit);

    /// <summary>Sends the digits that changed; everything, with the set-up first, when nothing is known of the chips.</summary>
    public void Flush()
    {
        var (known, knownSetup) = (sent, sentSetup);
        Invalidate();
        if (knownSetup is null)
        {
            // All registers: noise or a brown-out may have put a chip into test mode or another scan limit.
            WriteAll(Register.DisplayTest, 0);
            WriteAll(Register.ScanLimit, 7);
            WriteAll(Register.DecodeMode, 0);
        }

        for (var digit = 0; digit < Digits; digit++)
        {
            var row = digits.AsSpan(digit * Modules, Modules);
            if (known is null || !row.SequenceEqual(known.AsSpan(digit * Modules, Modules)))
            {
                Write((byte)(Register.Digit0 + (byte)digit), row);
            }
        }

        if (knownSetup?.Brightness != setup.Brightness)
        {
            WriteAll(Register.Intensity, (byte)setup.Brightness);
        }

        if (knownSetup?.Lit != setup.Lit)
        {
            WriteAll(Register.Shutdown, setup.Lit ? (byte)1 : (byte)0);
        }

        (sent, sentSetup) = ([.. digits], setup);
    }

    /// <summary>Nothing is known of the chips any more.</summary>
    public void Invalidate() => (sent, sentSetup) = (null, null);

    public void Dispose() => bus.Dispose();

    private void WriteAll(Register register, byte value)
    {
        Span<byte> values = stackalloc byte[Modules];
        values.Fill(value);
        Write((byte)register, values);
    }

    private void Write(byte register, ReadOnlySpan<byte> values)
    {
        Span<byte> frame = stackalloc byte[2 * Modules];
        for (var module = 0; module < Modules; module++)
        {
            frame[2 * module] = register;
            frame[(2 * module) + 1] = values[module];
        }

        bus.Write(frame);
    }
}
