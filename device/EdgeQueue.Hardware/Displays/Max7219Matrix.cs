namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// A chain of 8×8 matrices on MAX7219 as one long picture. Wired as the common four-in-one boards ("FC-16"): digit n is row
/// n from the top, segments DP A B … G are the columns from left to right, and the controller is at the right-hand end.
/// </summary>
public sealed class Max7219Matrix(Max7219Chain chain) : ILedDisplay
{
    private const int ArrowWidth = MatrixFont.Pitch;
    private const int BottomRow = 7;

    private int Width => chain.Modules * 8;

    /// <inheritdoc/>
    public int Columns => MatrixFont.Fitting(Width);

    /// <inheritdoc/>
    public bool CanBlink => false;

    /// <inheritdoc/>
    public bool CanShow(string text) => MatrixFont.Instance.CanShow(text) && MatrixFont.Width(text) <= Width;

    /// <inheritdoc/>
    public bool CanShow(string text, Arrow arrow) =>
        CanShow(text) && (arrow == Arrow.None || MatrixFont.Width(text) + ArrowWidth <= Width);

    /// <inheritdoc/>
    public void Show(DisplayFrame frame)
    {
        FrameLayout.Checked(this, frame);
        chain.Clear();
        var arrow = CanShow(frame.Text, frame.Arrow) ? frame.Arrow : Arrow.None;
        var textEnd = arrow == Arrow.Right ? Width - ArrowWidth : Width;
        DrawText(frame.Text, textEnd - MatrixFont.Width(frame.Text));
        if (arrow != Arrow.None)
        {
            Draw(MatrixFont.Rows(arrow), arrow == Arrow.Right ? Width - MatrixFont.GlyphWidth : 0);
        }

        for (var x = 0; frame.Stale && x < Width; x += 2)
        {
            Light(x, BottomRow);
        }

        chain.Set(frame.Brightness, frame.Lit);
    }

    /// <inheritdoc/>
    public void Flush() => chain.Flush();

    /// <inheritdoc/>
    public void Invalidate() => chain.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();

    private void DrawText(string text, int x)
    {
        foreach (var character in text)
        {
            Draw(MatrixFont.Rows(character), x);
            x += MatrixFont.Pitch;
        }
    }

    private void Draw(ReadOnlySpan<byte> rows, int left)
    {
        for (var y = 0; y < MatrixFont.GlyphHeight; y++)
        {
            for (var x = 0; x < MatrixFont.GlyphWidth; x++)
            {
                if ((rows[y] & (0x10 >> x)) != 0)
                {
                    Light(left + x, y);
                }
            }
        }
    }

    private void Light(int x, int y) => chain[x / 8, y] |= (byte)(0x80 >> (x % 8));
}
