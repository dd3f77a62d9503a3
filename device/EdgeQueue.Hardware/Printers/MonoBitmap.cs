namespace EdgeQueue.Hardware.Printers;

/// <summary>A picture of black dots: a row is Width/8 bytes, the most significant bit is the leftmost dot, 1 is black.</summary>
public sealed record MonoBitmap
{
    /// <param name="width">In dots, a multiple of 8, 8 … 2048 (203 dpi: 384 for 58 mm paper, 576 for 80 mm).</param>
    /// <param name="rows">Height × width/8 bytes.</param>
    public MonoBitmap(int width, ReadOnlyMemory<byte> rows)
    {
        if (width is < 8 or > 2048 || width % 8 != 0 || rows.Length % (width / 8) != 0)
        {
            throw new ArgumentException($"{rows.Length} bytes are not rows of {width} dots (a multiple of 8, at most 2048)", nameof(rows));
        }

        Width = width;
        Rows = rows;
    }

    public int Width { get; }

    public int Stride => Width / 8;

    public int Height => Rows.Length / Stride;

    public ReadOnlyMemory<byte> Rows { get; }

    public bool IsBlack(int x, int y) => (Rows.Span[(y * Stride) + (x / 8)] & (0x80 >> (x % 8))) != 0;
}
