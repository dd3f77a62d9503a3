namespace EdgeQueue.Hardware.Printers;

/// <summary>
/// A picture of black and white dots, as a thermal printer burns it.
/// </summary>
/// <param name="Width">Dots in a row; a multiple of 8, as ESC/POS <c>GS v 0</c> takes whole bytes.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rows">
/// Width / 8 bytes a row, rows from the top, most significant bit leftmost, 1 = black: the order of <c>GS v 0</c>.
/// </param>
public sealed record MonochromeBitmap(int Width, int Height, byte[] Rows)
{
    /// <summary>Bytes in a row.</summary>
    public int Stride => Width / 8;

    /// <summary>Whether the dot at column <paramref name="x"/>, row <paramref name="y"/> is black.</summary>
    public bool IsBlack(int x, int y) => (Rows[y * Stride + x / 8] >> (7 - x % 8) & 1) != 0;
}
