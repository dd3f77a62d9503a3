namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>
/// The digits that are being typed, which may be somebody's phone number: shown as they are typed, hidden but for the last
/// two when no key came for 2 s, forgotten after the time-out. A digit that was hidden is never shown again: whoever comes
/// next and presses a key does not read it. Never logged.
/// </summary>
public sealed class NumberEntry(int mostDigits, TimeSpan timeOut, TimeProvider time)
{
    public static readonly TimeSpan HiddenAfter = TimeSpan.FromSeconds(2);

    private const int LeftVisible = 2;

    private string digits = "";
    private int hidden;
    private long lastAt;

    public bool IsEmpty => digits.Length == 0;

    /// <summary>With a star for each digit that is hidden.</summary>
    public string Shown => new string('*', hidden) + digits[hidden..];

    /// <summary>When <see cref="Look"/> has something to tell; null: there are no digits.</summary>
    public TimeSpan? NextLook => IsEmpty ? null
        : Positive((hidden < digits.Length - LeftVisible ? HiddenAfter : timeOut) - time.GetElapsedTime(lastAt));

    /// <returns>False: there are as many as any number has; nothing was added.</returns>
    public bool Type(int digit)
    {
        lastAt = time.GetTimestamp();
        if (digits.Length == mostDigits)
        {
            return false;
        }

        digits += (char)('0' + digit);
        return true;
    }

    /// <summary>Takes the last digit back.</summary>
    public void Back()
    {
        lastAt = time.GetTimestamp();
        if (!IsEmpty)
        {
            digits = digits[..^1];
            hidden = Math.Min(hidden, digits.Length);
        }
    }

    public void Forget() => (digits, hidden) = ("", 0);

    /// <summary>The digits, and forgets them.</summary>
    public string Take()
    {
        var taken = digits;
        Forget();
        return taken;
    }

    /// <summary>Hides and forgets what is due.</summary>
    public EntryChange Look()
    {
        if (IsEmpty)
        {
            return EntryChange.None;
        }

        var quiet = time.GetElapsedTime(lastAt);
        if (quiet >= timeOut)
        {
            Forget();
            return EntryChange.TimedOut;
        }

        if (quiet >= HiddenAfter && hidden < digits.Length - LeftVisible)
        {
            hidden = digits.Length - LeftVisible;
            return EntryChange.Hidden;
        }

        return EntryChange.None;
    }

    /// <summary>Not the digits.</summary>
    public override string ToString() => $"{digits.Length} digits";

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}

/// <summary>What time did to the digits.</summary>
public enum EntryChange
{
    None,
    Hidden,
    TimedOut,
}
