namespace EdgeQueue.Hardware.Displays;

/// <summary>Everything that a display shows at one moment.</summary>
/// <param name="Text">Right-aligned; letters in any case, shown as capitals. Empty: nothing but the signs.</param>
public sealed record DisplayFrame(string Text)
{
    /// <summary>Beside the label, on the side it points to (up and down: left of it); left out where it does not fit.</summary>
    public Arrow Arrow { get; init; }

    /// <summary>0 (dimmest, still lit) … 15.</summary>
    public int Brightness { get; init; } = 15;

    /// <summary>False: dark, with the text kept. For blinking where the chip cannot.</summary>
    public bool Lit { get; init; } = true;

    /// <summary>Blinking by the chip, where <see cref="ILedDisplay.CanBlink"/>; ignored elsewhere.</summary>
    public Blink Blink { get; init; }

    /// <summary>
    /// The visible sign that what is shown may be old: all decimal points on segments, a dotted bottom line on a matrix.
    /// Owners toggle it so that it blinks. It is shown even when the frame is otherwise empty.
    /// </summary>
    public bool Stale { get; init; }
}

/// <summary>Where to walk.</summary>
public enum Arrow
{
    None,
    Left,
    Right,
    Up,
    Down,
}

/// <summary>The HT16K33's blink rates (datasheet "Display setup", bits B1 B0).</summary>
public enum Blink
{
    None = 0,
    TwoHertz = 1,
    OneHertz = 2,
    HalfHertz = 3,
}
