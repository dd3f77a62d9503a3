using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// The printer's side of ESC/POS: bytes go in, pieces of paper and status bytes come out. Written from Epson's command
/// reference (ESC @, GS v 0, ESC d, ESC J, GS V, DLE EOT, GS r), not from the driver. Not thread-safe: one link, one caller.
/// </summary>
/// <param name="widthDots">Printable width of the paper; a wider picture is cut off at the right, as the printer does.</param>
public sealed class ReceiptPrinterChip(int widthDots)
{
    private const int DotsPerLine = 30;
    private readonly List<byte> pending = [];
    private readonly List<byte> answers = [];
    private readonly MemoryStream paper = new();

    /// <summary>What the sensors say; set by whoever plays the printer.</summary>
    public PrinterFaults Faults { get; set; }

    /// <summary>Bytes that are no command this printer knows; a correct driver sends none.</summary>
    public long UnknownBytes { get; private set; }

    /// <summary>Paper that has been cut off since the last call, oldest first.</summary>
    public List<MonochromeBitmap> Tickets { get; } = [];

    private bool CanPrint => (Faults & (PrinterFaults.PaperOut | PrinterFaults.CoverOpen | PrinterFaults.Error)) == 0;

    /// <summary>Takes bytes; returns the status bytes that the printer answers at once.</summary>
    public byte[] Take(ReadOnlySpan<byte> bytes)
    {
        pending.AddRange(bytes);
        Work();
        var reply = answers.ToArray();
        answers.Clear();
        return reply;
    }

    /// <summary>Works on what was held while it could not print; call after the faults have changed.</summary>
    public void Work()
    {
        var at = 0;
        while (at < pending.Count)
        {
            var length = Command(at);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        pending.RemoveRange(0, at);
        if (!CanPrint)
        {
            AnswerWhatOvertakes();
        }
    }

    /// <summary>Length of the command at this place after doing it; 0: more bytes are needed, or it must wait.</summary>
    private int Command(int at)
    {
        switch (pending[at], At(at + 1))
        {
            case (0x10, 0x04): // DLE EOT n
                return Answered(at, 3, StatusOf);
            case (0x1D, 0x72): // GS r n
                return Answered(at, 3, n => n is 1 or 49 ? PaperSensor() : (byte)0);
            case (0x1B, 0x40): // ESC @
                return 2;
            case (0x1B, 0x64): // ESC d n: print and feed n lines
                return Feeds(at, 3, n => n * DotsPerLine);
            case (0x1B, 0x4A): // ESC J n: print and feed n motion units
                return Feeds(at, 3, n => n);
            case (0x1B, 0x61 or 0x33 or 0x74): // ESC a, ESC 3, ESC t: nothing that shows in a raster picture
                return At(at + 2) < 0 ? 0 : 3;
            case (0x0A, _):
                return Feeds(at, 1, _ => DotsPerLine);
            case (0x1D, 0x76): // GS v 0 m xL xH yL yH d…
                return Raster(at);
            case (0x1D, 0x56): // GS V m [n]
                return Cut(at);
            case (0x10 or 0x1D or 0x1B, < 0):
                return 0;
            default:
                UnknownBytes++;
                return 1;
        }
    }

    private int At(int index) => index < pending.Count ? pending[index] : -1;

    private int Answered(int at, int length, Func<int, byte> answer)
    {
        if (At(at + length - 1) is var n and >= 0)
        {
            answers.Add(answer(n));
            return length;
        }

        return 0;
    }

    private int Feeds(int at, int length, Func<int, int> rows)
    {
        if (at + length > pending.Count || !CanPrint)
        {
            return 0;
        }

        paper.Write(new byte[rows(pending[at + length - 1]) * (widthDots / 8)]);
        return length;
    }

    private int Raster(int at)
    {
        if (at + 8 > pending.Count || !CanPrint)
        {
            return 0;
        }

        var stride = pending[at + 4] | (pending[at + 5] << 8);
        var rows = pending[at + 6] | (pending[at + 7] << 8);
        if (at + 8 + (stride * rows) > pending.Count)
        {
            return 0;
        }

        var line = new byte[widthDots / 8];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < line.Length; column++)
            {
                line[column] = column < stride ? pending[at + 8 + (row * stride) + column] : (byte)0;
            }

            paper.Write(line);
        }

        return 8 + (stride * rows);
    }

    private int Cut(int at)
    {
        var function = At(at + 2);
        var length = function is 65 or 66 ? 4 : 3;
        if (function < 0 || at + length > pending.Count || !CanPrint)
        {
            return 0;
        }

        if (paper.Length > 0)
        {
            Tickets.Add(new MonochromeBitmap(widthDots, (int)paper.Length / (widthDots / 8), paper.ToArray()));
            paper.SetLength(0);
        }

        return length;
    }

    /// <summary>DLE EOT is answered also by a printer that has stopped (real-time command).</summary>
    private void AnswerWhatOvertakes()
    {
        for (var i = 0; i + 2 < pending.Count; i++)
        {
            if (pending[i] == 0x10 && pending[i + 1] == 0x04 && pending[i + 2] is >= 1 and <= 4)
            {
                answers.Add(StatusOf(pending[i + 2]));
                pending.RemoveRange(i, 3);
                i--;
            }
        }
    }

    /// <summary>Bits as in the reference of DLE EOT n; bits 1 and 4 are always set, bits 0 and 7 never.</summary>
    private byte StatusOf(int n) => (byte)(0x12 | n switch
    {
        1 => CanPrint ? 0 : 0x08,
        2 => (Faults.HasFlag(PrinterFaults.CoverOpen) ? 0x04 : 0) | (Faults.HasFlag(PrinterFaults.PaperOut) ? 0x20 : 0)
            | (Faults.HasFlag(PrinterFaults.Error) ? 0x40 : 0),
        3 => Faults.HasFlag(PrinterFaults.Error) ? 0x08 : 0,
        4 => (Faults.HasFlag(PrinterFaults.PaperNearEnd) ? 0x0C : 0) | (Faults.HasFlag(PrinterFaults.PaperOut) ? 0x60 : 0),
        _ => 0,
    });

    private byte PaperSensor() => (byte)(
        (Faults.HasFlag(PrinterFaults.PaperNearEnd) ? 0x03 : 0) | (Faults.HasFlag(PrinterFaults.PaperOut) ? 0x0C : 0));
}
