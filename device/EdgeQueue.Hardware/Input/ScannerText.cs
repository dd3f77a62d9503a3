namespace EdgeQueue.Hardware.Input;

/// <summary>
/// Text typed by a barcode or QR scanner that plays a keyboard (HID, United States layout): characters until Enter.
/// Half a text is forgotten when the next key comes later than the gap allows, so that a scan that was cut off does not
/// stick to the next one.
/// </summary>
public sealed class ScannerText(TimeSpan longestGap, int longestText = 512)
{
    private readonly System.Text.StringBuilder text = new();
    private readonly HashSet<KeyCode> shifts = [];
    private long last;
    private bool tooLong;

    /// <summary>A scanner types a key every few milliseconds.</summary>
    public static TimeSpan UsualGap => TimeSpan.FromMilliseconds(500);

    /// <summary>The finished text, or null while there is none. A text that is too long is refused as a whole (null).</summary>
    public string? Take(KeyChanged change)
    {
        if (change.Key is KeyCode.LeftShift or KeyCode.RightShift)
        {
            _ = change.Down ? shifts.Add(change.Key) : shifts.Remove(change.Key);
            return null;
        }

        if (!change.Down)
        {
            return null;
        }

        if (change.At - last > longestGap.TotalNanoseconds)
        {
            Forget();
        }

        last = change.At;
        if (change.Key is KeyCode.Enter or KeyCode.KeypadEnter)
        {
            return Finish();
        }

        if (KeyText.Of(change.Key, shifts.Count > 0) is { } character)
        {
            tooLong |= text.Length == longestText;
            _ = tooLong ? text : text.Append(character);
        }

        return null;
    }

    /// <summary>Forgets what was typed, as after a key source was unplugged.</summary>
    public void Forget()
    {
        text.Clear();
        tooLong = false;
    }

    private string? Finish()
    {
        var finished = tooLong || text.Length == 0 ? null : text.ToString();
        Forget();
        return finished;
    }
}
