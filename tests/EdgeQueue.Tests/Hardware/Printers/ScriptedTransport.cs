using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Printers;

/// <summary>A printer in the same process, which stops taking bytes, stops answering or breaks where the test says.</summary>
internal sealed class ScriptedTransport : IPrinterTransport, IPrinterLink
{
    private readonly Queue<byte> answers = [];

    public ReceiptPrinterChip Chip { get; } = new(64);

    public List<byte> Taken { get; } = [];

    public bool IsThere { get; set; } = true;

    public bool CanRead { get; set; } = true;

    /// <summary>Whether the printer answers at all.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Bytes after which it takes no more.</summary>
    public int TakesAtMost { get; set; } = int.MaxValue;

    /// <summary>Bytes after which the link breaks.</summary>
    public int BreaksAfter { get; set; } = int.MaxValue;

    /// <summary>Called with each byte taken, for what happens in the middle of a job.</summary>
    public Action<int>? Happening { get; set; }

    public string Name => "scripted";

    public IPrinterLink Open() => IsThere ? this : throw new DeviceException(Name, "cannot open", 2);

    public int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout)
    {
        var written = 0;
        foreach (var value in bytes)
        {
            if (Taken.Count >= BreaksAfter)
            {
                return written > 0 ? written : throw new DeviceException(Name, "cannot write", 5);
            }

            if (Taken.Count >= TakesAtMost)
            {
                return written;
            }

            Taken.Add(value);
            written++;
            Happening?.Invoke(Taken.Count);
            foreach (var answer in Chip.Take([value]))
            {
                answers.Enqueue(answer);
            }
        }

        return written;
    }

    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        if (Taken.Count >= BreaksAfter)
        {
            throw new DeviceException(Name, "cannot read", 5);
        }

        if (!Answers || answers.Count == 0)
        {
            return 0;
        }

        buffer[0] = answers.Dequeue();
        return 1;
    }

    public PrinterStatus PortStatus() => PrinterStatus.Unknown;

    public void Dispose()
    {
        // Stays for the next job.
    }
}
