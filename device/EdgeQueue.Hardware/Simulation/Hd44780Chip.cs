namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays a two-line HD44780U behind a PCF8574 from their datasheets: takes what is written over I²C, shows what stands on the
/// glass. Knows nothing of the driver. It counts what would go wrong on a real chip (<see cref="Violations"/>).
/// </summary>
public sealed class Hd44780Chip
{
    private const int Enable = 0x04;
    private const int ReadWrite = 0x02;
    private const int LineLength = 40;

    // After power-on the memory is random; here it shows, so that a driver that relies on it is found.
    private readonly byte[] characters = Enumerable.Repeat((byte)0xFF, 2 * LineLength).ToArray();
    private readonly byte[] own = Enumerable.Repeat((byte)0x15, 64).ToArray();
    private byte pins;
    private bool fourBits;
    private int? upperHalf;
    private int address;
    private bool addressesOwn;
    private bool increments = true;

    public bool DisplayOn { get; private set; }

    /// <summary>Function set, bit N.</summary>
    public bool TwoLines { get; private set; }

    public bool BackLight => (pins & 0x08) != 0;

    /// <summary>What a real chip would not have forgiven, in words.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Instructions taken (RS low), for those who look at the start.</summary>
    public List<byte> Instructions { get; } = [];

    /// <summary>The code at a place, 0 when the display is off or has one line only.</summary>
    public byte Code(int line, int column) => DisplayOn && TwoLines ? characters[(line * LineLength) + column] : (byte)' ';

    /// <summary>Eight rows of an own character, bit 4 the leftmost dot.</summary>
    public ReadOnlySpan<byte> Own(int code) => own.AsSpan((code & 7) * 8, 8);

    /// <summary>One I²C write transfer, without the address byte: each byte is what the eight pins are from now on.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            if ((next & Enable) != 0 && (pins & Enable) == 0 && ((next ^ pins) & 1) != 0)
            {
                Violations.Add("RS changed together with the rising E: 40 ns of set-up are needed (figure 25)");
            }

            if ((next & ReadWrite) != 0)
            {
                Violations.Add("R/W is high: the chip and the expander drive the same wires");
            }

            var falls = (pins & Enable) != 0 && (next & Enable) == 0;
            var (taken, data) = (pins >> 4, (pins & 1) != 0);
            pins = next;
            if (falls)
            {
                Take(taken, data);
            }
        }
    }

    /// <summary>"Reset function": eight bits, one line, display off.</summary>
    public void LosePower()
    {
        characters.AsSpan().Fill(0xFF);
        own.AsSpan().Fill(0x15);
        (fourBits, upperHalf, DisplayOn, TwoLines, address, addressesOwn) = (false, null, false, false, 0, false);
    }

    private void Take(int bits, bool data)
    {
        if (!fourBits)
        {
            // D0 … D3 are not connected; they only matter to instructions that nobody gives in this state.
            Execute((byte)(bits << 4), data);
        }
        else if (upperHalf is { } upper)
        {
            upperHalf = null;
            Execute((byte)((upper << 4) | bits), data);
        }
        else
        {
            upperHalf = bits;
        }
    }

    private void Execute(byte value, bool data)
    {
        if (data)
        {
            Store(value);
            return;
        }

        Instructions.Add(value);
        switch (value)
        {
            case >= 0x80:
                (address, addressesOwn) = (value & 0x7F, false);
                break;
            case >= 0x40:
                (address, addressesOwn) = (value & 0x3F, true);
                break;
            case >= 0x20:
                (fourBits, TwoLines, upperHalf) = ((value & 0x10) == 0, (value & 0x08) != 0, null);
                break;
            case >= 0x10:
                Violations.Add("the display was shifted");
                break;
            case >= 0x08:
                DisplayOn = (value & 0x04) != 0;
                break;
            case >= 0x04:
                increments = (value & 0x02) != 0;
                break;
            case 0x01:
                characters.AsSpan().Fill((byte)' ');
                (address, addressesOwn) = (0, false);
                break;
            default:
                (address, addressesOwn) = (0, false);
                break;
        }
    }

    private void Store(byte value)
    {
        if (addressesOwn)
        {
            own[address] = (byte)(value & 0x1F);
            address = (address + (increments ? 1 : -1)) & 0x3F;
            return;
        }

        // Two lines: 0x00 … 0x27 and 0x40 … 0x67 (figure 4).
        var place = address >= 0x40 ? LineLength + address - 0x40 : address;
        if (place < characters.Length)
        {
            characters[place] = value;
        }

        address = (address + (increments ? 1 : -1)) & 0x7F;
        address = address == 0x28 ? 0x40 : address == 0x68 ? 0 : address;
    }
}
