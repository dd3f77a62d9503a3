namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// A display of a few characters. <see cref="Show"/> draws into the driver's buffer, <see cref="Flush"/> puts on the bus
/// what changed. A driver is used by one thread at a time.
/// </summary>
public interface ILedDisplay : IDisposable
{
    /// <summary>Characters that fit without an arrow, at least 1.</summary>
    int Columns { get; }

    /// <summary>True when the chip or board blinks by itself (<see cref="DisplayFrame.Blink"/>); else the owner toggles <see cref="DisplayFrame.Lit"/>.</summary>
    bool CanBlink { get; }

    /// <summary>Whether every character has a glyph of its own and the text fits.</summary>
    bool CanShow(string text);

    /// <summary>Whether the arrow can be drawn beside this text; where it cannot, the label matters more and the arrow is left out.</summary>
    bool CanShow(string text, Arrow arrow);

    /// <summary>Takes the frame for the next <see cref="Flush"/>.</summary>
    /// <exception cref="ArgumentException">The text cannot be shown: ask <see cref="CanShow(string)"/> first.</exception>
    void Show(DisplayFrame frame);

    /// <summary>
    /// Sends what changed; the first time, and after an error or <see cref="Invalidate"/>, initialises the chip and sends
    /// everything.
    /// </summary>
    /// <exception cref="DeviceException">The bus or the chip does not answer; call again later.</exception>
    void Flush();

    /// <summary>
    /// Forgets what the chip is believed to hold. Owners call it every few seconds: a display that lost its power or
    /// was replugged lights up again, although nothing can tell that it was gone.
    /// </summary>
    void Invalidate();
}
