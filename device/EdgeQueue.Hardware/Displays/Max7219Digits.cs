namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// Eight-digit seven-segment boards on MAX7219, without the chip's own decoder, because its code B font has few letters.
/// Digit 0 is the rightmost of its module; the controller is at the right-hand end of the chain.
/// </summary>
public sealed class Max7219Digits(Max7219Chain chain) : ILedDisplay
{
    /// <inheritdoc/>
    public int Columns => chain.Modules * 8;

    /// <inheritdoc/>
    public bool CanBlink => false;

    /// <inheritdoc/>
    public bool CanShow(string text) => text.Length <= Columns && SevenSegmentFont.Instance.CanShow(text);

    /// <inheritdoc/>
    public bool CanShow(string text, Arrow arrow) => arrow == Arrow.None && CanShow(text);

    /// <inheritdoc/>
    public void Show(DisplayFrame frame)
    {
        FrameLayout.Checked(this, frame);
        var cells = FrameLayout.Cells(frame, Columns, arrows: false);
        for (var column = 0; column < Columns; column++)
        {
            var lit = SevenSegmentFont.Glyph(cells[column]) | (frame.Stale ? Segments7.Point : 0);
            chain[column / 8, 7 - (column % 8)] = InChipOrder(lit);
        }

        chain.Set(frame.Brightness, frame.Lit);
    }

    /// <inheritdoc/>
    public void Flush() => chain.Flush();

    /// <inheritdoc/>
    public void Invalidate() => chain.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();

    /// <summary>Table 6, no-decode mode: D7 is the point, D6 … D0 are A … G.</summary>
    private static byte InChipOrder(Segments7 lit)
    {
        var bits = (byte)(lit & Segments7.Point);
        for (var segment = 0; segment < 7; segment++)
        {
            if (((int)lit & (1 << segment)) != 0)
            {
                bits |= (byte)(0x40 >> segment);
            }
        }

        return bits;
    }
}
