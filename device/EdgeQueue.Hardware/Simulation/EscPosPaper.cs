using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// Plays a receipt printer: takes ESC/POS bytes in any pieces, gives the tickets as pictures, answers questions about its
/// state. Understands ESC @, ESC J, ESC d, ESC B, GS v 0, GS V, GS r 1 and DLE EOT (Epson "ESC/POS Command Reference");
/// other bytes are counted. While it has a fault it keeps what it is sent and answers in real time only, as printers do.
/// </summary>
/// <param name="answer">Where its answers go.</param>
public sealed class EscPosPaper(Action<byte> answer)
{
    private const int LineHeight = 30;

    private readonly List<byte> waiting = [];
    private readonly List<byte[]> rows = [];
    private readonly byte[] recent = new byte[3];

    /// <summary>A ticket was cut off: its picture, as wide as its widest row.</summary>
    public event Action<MonoBitmap>? TicketCut;

    /// <summary>PaperNearEnd, PaperOut, CoverOpen, Error; set by who plays. Setting it to none lets the printer go on.</summary>
    public PrinterFaults Faults { get; private set; }

    public int Beeps { get; private set; }

    /// <summary>Bytes that were no command known here.</summary>
    public int Unknown { get; private set; }

    /// <summary>Bytes taken but not yet worked through.</summary>
    public int Waiting => waiting.Count;

    public void SetFaults(PrinterFaults faults)
    {
        Faults = faults;
        WorkOn();
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            waiting.Add(value);
            (recent[0], recent[1], recent[2]) = (recent[1], recent[2], value);

            // In real time means: as it comes in, wherever it stands.
            if (recent[0] == 0x10 && recent[1] == 0x04)
            {
                AnswerRealTime(value);
            }
        }

        WorkOn();
    }

    private void WorkOn()
    {
        var at = 0;
        while ((Faults & (PrinterFaults.PaperOut | PrinterFaults.CoverOpen | PrinterFaults.Error)) == 0
            && at < waiting.Count && Command(at) is var length and > 0)
        {
            at += length;
        }

        waiting.RemoveRange(0, at);
    }

    /// <summary>Carries out the command at a place; its length, or 0 when it is not complete yet.</summary>
    private int Command(int at)
    {
        int? Byte(int offset) => at + offset < waiting.Count ? waiting[at + offset] : null;
        switch (Byte(0), Byte(1), Byte(2))
        {
            case (0x1B or 0x1D or 0x10, null, _):
                return 0;
            case (0x1B, '@', _):
                return 2;
            case (0x1B, 'J' or 'd', null) or (0x1B, 'B', null) or (0x1D, 'V' or 'r' or 'v', null) or (0x10, 4, null):
                return 0;
            case (0x1B, 'J', { } dots):
                return Feed(dots);
            case (0x1B, 'd', { } lines):
                return Feed(lines * LineHeight);
            case (0x1B, 'B', { } times):
                return Byte(3) is null ? 0 : Beep(times);
            case (0x1D, 'V', { } mode):
                return mode is 0 or 1 or '0' or '1' ? Cut(3) : Byte(3) is { } feed ? Cut(4, feed) : 0;
            case (0x1D, 'r', _):
                answer(InOrderAnswer());
                return 3;
            case (0x10, 4, _):
                return 3;
            case (0x1D, 'v', '0'):
                return Raster(at);
            default:
                Unknown++;
                return 1;
        }
    }

    private int Raster(int at)
    {
        if (at + 8 > waiting.Count)
        {
            return 0;
        }

        var stride = waiting[at + 4] | (waiting[at + 5] << 8);
        var height = waiting[at + 6] | (waiting[at + 7] << 8);
        if (at + 8 + (stride * height) > waiting.Count)
        {
            return 0;
        }

        for (var row = 0; row < height; row++)
        {
            rows.Add([.. waiting.GetRange(at + 8 + (row * stride), stride)]);
        }

        return 8 + (stride * height);
    }

    private int Feed(int dots)
    {
        rows.AddRange(Enumerable.Repeat(Array.Empty<byte>(), dots));
        return 3;
    }

    private int Beep(int times)
    {
        Beeps += times;
        return 4;
    }

    private int Cut(int length, int feed = 0)
    {
        Feed(feed);
        var stride = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        if (stride > 0)
        {
            var picture = new byte[stride * rows.Count];
            for (var y = 0; y < rows.Count; y++)
            {
                rows[y].CopyTo(picture, y * stride);
            }

            TicketCut?.Invoke(new MonoBitmap(stride * 8, picture));
        }

        rows.Clear();
        return length;
    }

    private byte InOrderAnswer() => (byte)(Bits(PrinterFaults.PaperNearEnd, 0x03) | Bits(PrinterFaults.PaperOut, 0x0C));

    private void AnswerRealTime(byte question)
    {
        const PrinterFaults Stopping = PrinterFaults.PaperOut | PrinterFaults.CoverOpen | PrinterFaults.Error;
        int? bits = question switch
        {
            1 => (Faults & Stopping) != 0 ? 0x08 : 0,
            2 => Bits(PrinterFaults.CoverOpen, 0x04) | Bits(PrinterFaults.PaperOut, 0x20) | Bits(PrinterFaults.Error, 0x40),
            3 => Bits(PrinterFaults.Error, 0x08),
            4 => Bits(PrinterFaults.PaperNearEnd, 0x0C) | Bits(PrinterFaults.PaperOut, 0x60),
            _ => null,
        };
        if (bits is { } state)
        {
            answer((byte)(0x12 | state));
        }
    }

    private int Bits(PrinterFaults fault, int bits) => (Faults & fault) != 0 ? bits : 0;
}
