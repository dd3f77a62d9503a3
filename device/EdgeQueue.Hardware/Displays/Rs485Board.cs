using System.Text;
using EdgeQueue.Hardware.Serial;

namespace EdgeQueue.Hardware.Displays;

/// <summary>A board on an RS-485 line, told by <see cref="Rs485Frame"/>s. It has a font of its own; what it can show is what the matrix font knows.</summary>
/// <param name="address">1 … 247, or 0 for every board on the line.</param>
/// <param name="columns">Characters of the board, 1 … 30.</param>
public sealed class Rs485Board(ISerialLine line, byte address, int columns) : ILedDisplay
{
    private byte[]? wanted;
    private byte[]? sent;

    /// <inheritdoc/>
    public int Columns => columns;

    /// <inheritdoc/>
    public bool CanBlink => true;

    /// <inheritdoc/>
    public bool CanShow(string text) =>
        text.Length <= columns && Encoding.UTF8.GetByteCount(text) <= Rs485Frame.LargestPayload - 3 && MatrixFont.Instance.CanShow(text);

    /// <inheritdoc/>
    public bool CanShow(string text, Arrow arrow) => CanShow(text) && (arrow == Arrow.None || text.Length < columns);

    /// <inheritdoc/>
    public void Show(DisplayFrame frame)
    {
        FrameLayout.Checked(this, frame);
        var arrow = CanShow(frame.Text, frame.Arrow) ? frame.Arrow : Arrow.None;
        wanted = Rs485Frame.Of(address, frame with { Text = frame.Text.ToUpperInvariant(), Arrow = arrow });
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (wanted is null || (sent is not null && sent.AsSpan().SequenceEqual(wanted)))
        {
            return;
        }

        sent = null;
        line.Write(wanted);
        sent = wanted;
    }

    /// <inheritdoc/>
    public void Invalidate() => sent = null;

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
