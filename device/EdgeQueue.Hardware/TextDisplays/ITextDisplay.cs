namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>A character display of two lines.</summary>
public interface ITextDisplay : IDisposable
{
    /// <summary>Characters of a line.</summary>
    int Columns { get; }

    /// <summary>Whether both lines fit and every character of them can be written, all at the same time.</summary>
    bool CanShow(string first, string second);

    /// <summary>What the next <see cref="Flush"/> shows, from the left.</summary>
    /// <exception cref="ArgumentException">It cannot be shown.</exception>
    void Show(string first, string second);

    /// <summary>Sends what changed. Up to 70 ms at the first time, else up to 20 ms: not for a thread that must not wait.</summary>
    /// <exception cref="DeviceException">The display does not answer; the next call starts it anew.</exception>
    void Flush();

    /// <summary>Nothing is known of the display any more: the next <see cref="Flush"/> sends everything.</summary>
    void Invalidate();
}
