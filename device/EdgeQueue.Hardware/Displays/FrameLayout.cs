namespace EdgeQueue.Hardware.Displays;

/// <summary>Which character goes into which cell, the same for every display of cells.</summary>
internal static class FrameLayout
{
    /// <summary>The cells from left to right; an arrow's cell holds its character of <see cref="ArrowCell"/>.</summary>
    public static string Cells(DisplayFrame frame, int columns, bool arrows)
    {
        var text = frame.Text.ToUpperInvariant();
        if (!arrows || frame.Arrow == Arrow.None || text.Length >= columns)
        {
            return text.PadLeft(columns);
        }

        var cell = ArrowCell(frame.Arrow);
        return frame.Arrow == Arrow.Right ? text.PadLeft(columns - 1) + cell : cell + text.PadLeft(columns - 1);
    }

    public static char ArrowCell(Arrow arrow) => arrow switch
    {
        Arrow.Left => '←',
        Arrow.Right => '→',
        Arrow.Up => '↑',
        Arrow.Down => '↓',
        _ => ' ',
    };

    public static Arrow ArrowOf(char cell) => cell switch
    {
        '←' => Arrow.Left,
        '→' => Arrow.Right,
        '↑' => Arrow.Up,
        '↓' => Arrow.Down,
        _ => Arrow.None,
    };

    /// <exception cref="ArgumentException">The owner did not ask <see cref="ILedDisplay.CanShow(string)"/>.</exception>
    public static DisplayFrame Checked(ILedDisplay display, DisplayFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame.Brightness, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Brightness, 15, nameof(frame));
        return display.CanShow(frame.Text)
            ? frame
            : throw new ArgumentException($"this display cannot show \"{frame.Text}\"", nameof(frame));
    }
}
