namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays a daisy chain of MAX7219s from the datasheet (19-4452): bits shift through sixteen-bit registers from the
/// controller outwards and take effect when chip select rises. Knows nothing of the driver.
/// </summary>
public sealed class Max7219ChainChip
{
    private readonly Chip[] chips;
    private readonly byte[] shifted;

    /// <param name="modules">Chips in the chain; the first one is at the controller.</param>
    public Max7219ChainChip(int modules)
    {
        chips = [.. Enumerable.Range(0, modules).Select(_ => new Chip())];
        shifted = new byte[modules * 2];
    }

    public int Modules => chips.Length;

    /// <summary>One chip-select cycle.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            // Each byte pushes the others one place further from the controller.
            shifted.AsSpan(0, shifted.Length - 1).CopyTo(shifted.AsSpan(1));
            shifted[0] = value;
        }

        for (var i = 0; i < chips.Length; i++)
        {
            // The younger byte of a word is the data, the older the address (Table 1).
            chips[i].Load(shifted[(2 * i) + 1], shifted[2 * i]);
        }
    }

    /// <summary>Power-on: all registers reset, display blanked, shut down (datasheet "Initial power-up").</summary>
    public void LosePower()
    {
        for (var i = 0; i < chips.Length; i++)
        {
            chips[i] = new Chip();
        }
    }

    /// <summary>
    /// The dot at x, y of matrices that stand side by side with the controller at the right-hand end (rows are digits,
    /// D7 is the leftmost column).
    /// </summary>
    public bool IsLit(int x, int y) => (Left(x / 8).Lit(y) & (0x80 >> (x % 8))) != 0;

    /// <summary>The byte (point, A … G) of the digit in a column from the left, on boards whose digit 0 is rightmost.</summary>
    public byte LitSegments(int column) => Left(column / 8).Lit(7 - (column % 8));

    /// <summary>0 … 15, of the module from the left.</summary>
    public int Intensity(int module) => Left(module).Intensity;

    public bool IsShutDown(int module) => Left(module).ShutDown;

    private Chip Left(int module) => chips[chips.Length - 1 - module];

    private sealed class Chip
    {
        // Table 5, code B font, without the point: 0 … 9, −, E, H, L, P, blank.
        private static readonly byte[] CodeB =
            [0x7E, 0x30, 0x6D, 0x79, 0x33, 0x5B, 0x5F, 0x70, 0x7F, 0x7B, 0x01, 0x4F, 0x37, 0x0E, 0x67, 0x00];

        private readonly byte[] digits = new byte[8];
        private byte decode;
        private int scanLimit;
        private bool test;

        public int Intensity { get; private set; }

        public bool ShutDown { get; private set; } = true;

        public void Load(byte address, byte data)
        {
            switch (address & 0x0F)
            {
                case >= 1 and <= 8 and var digit:
                    digits[digit - 1] = data;
                    break;
                case 0x9:
                    decode = data;
                    break;
                case 0xA:
                    Intensity = data & 0x0F;
                    break;
                case 0xB:
                    scanLimit = data & 7;
                    break;
                case 0xC:
                    ShutDown = (data & 1) == 0;
                    break;
                case 0xF:
                    test = (data & 1) != 0;
                    break;
                default:
                    // 0 is no-op: passes data to the chips behind; D and E do not exist.
                    break;
            }
        }

        public byte Lit(int digit)
        {
            if (test)
            {
                // "Display test mode turns all LEDs on by overriding … all controls, including the shutdown register".
                return 0xFF;
            }

            if (ShutDown || digit > scanLimit)
            {
                return 0;
            }

            return (decode & (1 << digit)) != 0
                ? (byte)((digits[digit] & 0x80) | CodeB[digits[digit] & 0x0F])
                : digits[digit];
        }
    }
}
