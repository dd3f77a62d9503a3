namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays a HT16K33 from its datasheet (rev. 1.10, "Summary of commands"): takes what is written over I²C, shows what is lit.
/// Knows nothing of the driver.
/// </summary>
public sealed class Ht16k33Chip
{
    private readonly byte[] ram = new byte[16];

    /// <summary>System set-up, bit S: without the oscillator nothing is lit.</summary>
    public bool Oscillator { get; private set; }

    /// <summary>Display set-up, bit D.</summary>
    public bool DisplayOn { get; private set; }

    /// <summary>Display set-up, bits B1 B0: 0, 2, 1 or ½ Hz.</summary>
    public double BlinkHertz { get; private set; }

    /// <summary>Dimming: lit sixteenths of the time, 1 … 16. 16 after power-on.</summary>
    public int DutySixteenths { get; private set; } = 16;

    /// <summary>Transfers taken, for those who count.</summary>
    public int Transfers { get; private set; }

    public bool IsLit => Oscillator && DisplayOn;

    /// <summary>The RAM as it is, lit or not.</summary>
    public ReadOnlySpan<byte> Ram => ram;

    /// <summary>One I²C write transfer, without the address byte.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Transfers++;
        var argument = bytes[0] & 0x0F;
        switch (bytes[0] & 0xF0)
        {
            case 0x00:
                Store(argument, bytes[1..]);
                break;
            case 0x20:
                Oscillator = (argument & 1) != 0;
                break;
            case 0x80:
                DisplayOn = (argument & 1) != 0;
                BlinkHertz = ((argument >> 1) & 3) switch { 1 => 2, 2 => 1, 3 => 0.5, _ => 0 };
                break;
            case 0xE0:
                DutySixteenths = argument + 1;
                break;
            default:
                // Key data, INT set-up and test commands do not touch the display.
                break;
        }
    }

    /// <summary>Power-on reset: the RAM is said to be random, here it is all on, so that a driver that relies on it is found.</summary>
    public void LosePower()
    {
        ram.AsSpan().Fill(0xFF);
        (Oscillator, DisplayOn, BlinkHertz, DutySixteenths) = (false, false, 0, 16);
    }

    /// <summary>The word of a row output at a common line: what a digit of a 14-segment backpack shows; 0 when dark.</summary>
    public ushort LitWord(int digit) => IsLit ? (ushort)(ram[2 * digit] | (ram[(2 * digit) + 1] << 8)) : (ushort)0;

    /// <summary>The segments of a digit 0 … 3 of a 7-segment backpack (its colon is at the address between); 0 when dark.</summary>
    public byte LitSevenSegments(int digit) => IsLit ? ram[digit < 2 ? 2 * digit : (2 * digit) + 2] : (byte)0;

    private void Store(int address, ReadOnlySpan<byte> data)
    {
        // "Display data address pointer": counts up and wraps at 0x0F.
        foreach (var value in data)
        {
            ram[address] = value;
            address = (address + 1) & 0x0F;
        }
    }
}
