using EdgeQueue.Hardware.I2c;

namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>
/// Hitachi HD44780U, dot matrix LCD controller (datasheet ADE-207-272(Z)), two lines, in its four-bit mode behind an NXP
/// PCF8574(A) port expander (datasheet rev. 5) as the common I²C backpacks are wired: P0 = RS, P1 = R/W, P2 = E,
/// P3 = back light, P4 … P7 = D4 … D7. Sends codes; what a code looks like is the ROM's business
/// (<see cref="CharacterRom"/>).
/// </summary>
/// <remarks>
/// R/W stays low, so the busy flag is not read; time is kept by the bus itself. A byte takes 90 µs at the PCF8574's
/// 100 kHz, 22.5 µs at 400 kHz, at which many boards run it. E is high for one byte (450 ns are needed, figure 27), and after
/// the second half of an instruction comes one idle byte, so that 45 µs pass before the next one begins (37 µs, and 4 µs
/// more after data, are needed: table 6). Only clearing (1.52 ms) and the start need pauses.
/// </remarks>
/// <param name="columns">16 or 20.</param>
/// <param name="pause">Waits at least so long: <see cref="Thread.Sleep(TimeSpan)"/>.</param>
public sealed class Hd44780Pcf8574(II2cBus bus, int columns, Action<TimeSpan> pause) : IDisposable
{
    public const int Lines = 2;

    /// <summary>Characters of one's own (CGRAM with 5×8 dots), codes 0 … 7.</summary>
    public const int OwnCharacters = 8;

    private const int Select = 0x01;
    private const int Enable = 0x04;
    private const int BackLight = 0x08;
    private const int RowsOfCharacter = 8;
    private const byte SecondLine = 0x40;

    private readonly byte[] wanted = Blank(columns);
    private readonly byte[] wantedOwn = new byte[OwnCharacters * RowsOfCharacter];
    private readonly List<byte> batch = new(LargestTransfer);
    private byte[]? sent;
    private byte[]? sentOwn;
    private bool everStarted;
    private int select = -1;

    /// <summary>What an SMBus block write carries (<see cref="II2cBus.Write"/>).</summary>
    private const int LargestTransfer = 33;

    /// <summary>Table 6 of the datasheet.</summary>
    private enum Instruction : byte
    {
        Clear = 0x01,
        EntryModeIncrement = 0x06,
        DisplayOff = 0x08,
        DisplayOn = 0x0C,
        FunctionFourBitTwoLines = 0x28,
        CharacterAddress = 0x40,
        DisplayAddress = 0x80,
    }

    public int Columns => columns;

    /// <summary>The codes of one line that the next <see cref="Flush"/> shows.</summary>
    /// <param name="line">0 or 1.</param>
    public Span<byte> Line(int line) => wanted.AsSpan(line * columns, columns);

    /// <summary>The dots of an own character, eight rows from the top, bit 4 the leftmost.</summary>
    /// <param name="code">0 … 7.</param>
    public Span<byte> OwnCharacter(int code) => wantedOwn.AsSpan(code * RowsOfCharacter, RowsOfCharacter);

    /// <summary>Sends what changed; the whole start and everything when nothing is known of the chip.</summary>
    /// <exception cref="DeviceException">Nobody answers; the next call begins anew.</exception>
    public void Flush()
    {
        var (known, knownOwn) = (sent, sentOwn);

        // Forgotten until all of it has arrived: a transfer that failed half way is not known to have done anything.
        Invalidate();
        if (known is null)
        {
            Start();
        }

        // First the characters, then who uses them: a new text never shows an old character.
        Send(knownOwn, wantedOwn, Instruction.CharacterAddress, 0, wantedOwn.Length, 0);
        for (var line = 0; line < Lines; line++)
        {
            Send(known, wanted, Instruction.DisplayAddress, line * columns, columns, line == 0 ? (byte)0 : SecondLine);
        }

        Transfer();
        (sent, sentOwn) = ([.. wanted], [.. wantedOwn]);
    }

    /// <summary>
    /// Nothing is known of the chip any more, as after a loss of power that nobody told. The next <see cref="Flush"/> starts
    /// it again, without clearing it: a chip that is well shows the same text all the time.
    /// </summary>
    public void Invalidate()
    {
        (sent, sentOwn, select) = (null, null, -1);
        batch.Clear();
    }

    public void Dispose() => bus.Dispose();

    /// <summary>"Initializing by instruction", figure 24: works whatever the chip was in the middle of.</summary>
    private void Start()
    {
        if (!everStarted)
        {
            // 40 ms after the supply has reached 2.7 V; nobody says when that was.
            pause(TimeSpan.FromMilliseconds(40));
        }

        Half(0x30);
        Wait(TimeSpan.FromMilliseconds(5));     // more than 4.1 ms
        Half(0x30);
        Wait(TimeSpan.FromMilliseconds(1));     // more than 100 µs
        Half(0x30);
        Half(0x20);
        Write(Instruction.FunctionFourBitTwoLines);
        if (!everStarted)
        {
            Write(Instruction.DisplayOff);
            Write(Instruction.Clear);
            Wait(TimeSpan.FromMilliseconds(2)); // more than 1.52 ms
        }

        Write(Instruction.EntryModeIncrement);
        Write(Instruction.DisplayOn);
        everStarted = true;
    }

    /// <summary>The part of a stretch from its first to its last difference, behind its address.</summary>
    private void Send(byte[]? known, byte[] now, Instruction address, int from, int count, byte at)
    {
        var (first, last) = (0, count - 1);
        if (known is not null)
        {
            while (first < count && known[from + first] == now[from + first])
            {
                first++;
            }

            while (last > first && known[from + last] == now[from + last])
            {
                last--;
            }
        }

        if (first == count)
        {
            return;
        }

        Byte((byte)((int)address | (at + first)), data: false);
        for (var i = first; i <= last; i++)
        {
            Byte(now[from + i], data: true);
        }
    }

    private void Write(Instruction instruction) => Byte((byte)instruction, data: false);

    private void Byte(byte value, bool data)
    {
        Half(value & 0xF0, data);
        Half((value << 4) & 0xF0, data);
        Put(BackLight | (data ? Select : 0));
    }

    /// <summary>Four bits: taken over when E falls. RS is there 40 ns earlier (figure 25), so it comes in a byte of its own.</summary>
    private void Half(int bits, bool data = false)
    {
        var rest = bits | BackLight | (data ? Select : 0);
        if (select != (data ? 1 : 0))
        {
            select = data ? 1 : 0;
            Put(BackLight | (data ? Select : 0));
        }

        Put(rest | Enable);
        Put(rest);
    }

    private void Put(int value)
    {
        if (batch.Count == LargestTransfer)
        {
            Transfer();
        }

        batch.Add((byte)value);
    }

    private void Wait(TimeSpan span)
    {
        Transfer();
        pause(span);
    }

    private void Transfer()
    {
        if (batch.Count > 0)
        {
            var bytes = batch.ToArray();
            batch.Clear();
            bus.Write(bytes);
        }
    }

    private static byte[] Blank(int columns)
    {
        var blank = new byte[Lines * columns];
        blank.AsSpan().Fill((byte)' ');
        return blank;
    }
}
