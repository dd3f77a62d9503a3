namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// The common four-digit backpacks with a HT16K33. Fourteen segments: digit n is the 16-bit word, little endian, at RAM
/// address 2n. Seven segments: the digits are the bytes at 0, 2, 6 and 8 (4 is the colon).
/// </summary>
public sealed class Ht16k33Display(Ht16k33 chip, Ht16k33Board board) : ILedDisplay
{
    private static readonly int[] SevenSegmentAddresses = [0, 2, 6, 8];

    /// <inheritdoc/>
    public int Columns => 4;

    /// <inheritdoc/>
    public bool CanBlink => true;

    /// <inheritdoc/>
    public bool CanShow(string text) => text.Length <= Columns && Font.CanShow(text);

    /// <inheritdoc/>
    public bool CanShow(string text, Arrow arrow) =>
        CanShow(text) && (arrow == Arrow.None || (board == Ht16k33Board.FourteenSegments && text.Length < Columns));

    private IDisplayFont Font => board == Ht16k33Board.SevenSegments ? SevenSegmentFont.Instance : FourteenSegmentFont.Instance;

    /// <inheritdoc/>
    public void Show(DisplayFrame frame)
    {
        FrameLayout.Checked(this, frame);
        var cells = FrameLayout.Cells(frame, Columns, arrows: board == Ht16k33Board.FourteenSegments);
        chip.Ram.Clear();
        for (var digit = 0; digit < Columns; digit++)
        {
            Draw(digit, cells[digit], frame.Stale);
        }

        chip.Set(frame.Brightness, frame.Lit, frame.Blink);
    }

    /// <inheritdoc/>
    public void Flush() => chip.Flush();

    /// <inheritdoc/>
    public void Invalidate() => chip.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => chip.Dispose();

    private void Draw(int digit, char cell, bool stale)
    {
        if (board == Ht16k33Board.SevenSegments)
        {
            chip.Ram[SevenSegmentAddresses[digit]] = (byte)(SevenSegmentFont.Glyph(cell) | (stale ? Segments7.Point : 0));
            return;
        }

        var arrow = FrameLayout.ArrowOf(cell);
        var lit = arrow == Arrow.None ? FourteenSegmentFont.Glyph(cell) : FourteenSegmentFont.Glyph(arrow);
        var word = (ushort)(lit | (stale ? Segments14.Point : 0));
        chip.Ram[2 * digit] = (byte)word;
        chip.Ram[(2 * digit) + 1] = (byte)(word >> 8);
    }
}

/// <summary>What is soldered to the chip.</summary>
public enum Ht16k33Board
{
    FourteenSegments,
    SevenSegments,
}
