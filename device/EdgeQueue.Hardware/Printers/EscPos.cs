namespace EdgeQueue.Hardware.Printers;

/// <summary>
/// Builds a job for a receipt printer (Epson "ESC/POS Command Reference"; the commands here are those that every
/// compatible printer knows). Sizes are in dots unless said otherwise.
/// </summary>
public sealed class EscPos
{
    /// <summary>Rows of one GS v 0 command: cheap printers have a buffer for little more.</summary>
    public const int BandRows = 256;

    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;
    private const byte Dle = 0x10;

    private readonly List<byte> bytes = [];

    /// <summary>What is asked of the printer in real time, even when it is offline or busy (DLE EOT n).</summary>
    public enum RealTimeStatus : byte
    {
        Printer = 1,
        OfflineCause = 2,
        ErrorCause = 3,
        Paper = 4,
    }

    /// <summary>ESC @: forgets all settings of an earlier job.</summary>
    public EscPos Initialise() => Add(Esc, (byte)'@');

    /// <summary>GS v 0, one command for at most <see cref="BandRows"/> rows.</summary>
    /// <exception cref="ArgumentException">The width is not a multiple of 8, or the rows are not as long as they should be.</exception>
    public EscPos Raster(MonochromeBitmap picture)
    {
        if (picture.Width % 8 != 0 || picture.Rows.Length != picture.Stride * picture.Height)
        {
            throw new ArgumentException($"{picture.Rows.Length} bytes are not {picture.Height} rows of {picture.Width} dots", nameof(picture));
        }

        for (var top = 0; top < picture.Height; top += BandRows)
        {
            var height = Math.Min(BandRows, picture.Height - top);
            Add(Gs, (byte)'v', (byte)'0', 0);
            Add((byte)picture.Stride, (byte)(picture.Stride >> 8), (byte)height, (byte)(height >> 8));
            bytes.AddRange(picture.Rows.AsSpan(top * picture.Stride, height * picture.Stride));
        }

        return this;
    }

    /// <summary>ESC J: feeds paper.</summary>
    /// <param name="dots">Vertical motion units, 0 or more (8 a millimetre at 203 dpi).</param>
    public EscPos Feed(int dots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dots);
        for (; dots > 0; dots -= Math.Min(255, dots))
        {
            Add(Esc, (byte)'J', (byte)Math.Min(255, dots));
        }

        return this;
    }

    /// <summary>GS V 66 n: feeds the print to the cutter and n further dots, and cuts partially; printers without a cutter only feed.</summary>
    public EscPos Cut(byte dots = 0) => Add(Gs, (byte)'V', 66, dots);

    /// <summary>
    /// GS r 1: asks for the paper sensor in order, i.e. the answer comes after everything before has been worked through.
    /// That is how a job is confirmed.
    /// </summary>
    public EscPos AskPaperInOrder() => Add(Gs, (byte)'r', 1);

    /// <summary>DLE EOT n.</summary>
    public EscPos AskRealTime(RealTimeStatus what) => Add(Dle, 4, (byte)what);

    public byte[] ToArray() => [.. bytes];

    private EscPos Add(params ReadOnlySpan<byte> more)
    {
        bytes.AddRange(more);
        return this;
    }
}
