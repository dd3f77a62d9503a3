using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// The grammar of the keypad, one rule: <c>[digits] key</c>. The digits come first, so every press is either one more digit
/// or complete, and nothing has to be waited for. Digits that no key follows within 5 s are forgotten, and shown to be.
/// </summary>
/// <remarks>The digits may be a PIN: they are never logged, and not kept after the key.</remarks>
public sealed class KeyEntry(KeyTable table, TimeProvider time)
{
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(5);

    /// <summary>More than any ticket or PIN has; the next digit is refused aloud.</summary>
    public const int MostDigits = 12;

    private string digits = "";
    private long lastAt;

    /// <summary>When typed digits are forgotten; null: there are none.</summary>
    public TimeSpan? ForgetsIn => digits.Length == 0 ? null : Positive(ForgetAfter - time.GetElapsedTime(lastAt));

    public KeyOutcome Press(KeyCode key)
    {
        // A key that comes late must not be joined with the digits of somebody who has left.
        var forgotten = Forget();
        if (KeyText.Digit(key) is { } digit && table.Find(key) is null)
        {
            if (digits.Length == MostDigits)
            {
                digits = "";
                return new KeyOutcome.Refused("tooManyDigits");
            }

            digits += (char)('0' + digit);
            lastAt = time.GetTimestamp();
            return new KeyOutcome.DigitTaken();
        }

        if (table.Find(key) is not { } meaning)
        {
            // Some keypads send NumLock around every digit; nobody pressed it.
            return key == KeyCode.NumLock ? new KeyOutcome.Ignored() : new KeyOutcome.Refused("keyWithoutMeaning");
        }

        var typed = digits;
        digits = "";
        return meaning.After(typed) switch
        {
            KeyFunction.Clear => new KeyOutcome.Cleared(),
            KeyFunction.None => new KeyOutcome.Refused("noSuchNumber"),
            _ when forgotten => new KeyOutcome.Refused("tooSlow"),
            var function => new KeyOutcome.Ordered(function, typed),
        };
    }

    /// <summary>Forgets digits whose time is over; true when there were any.</summary>
    public bool Forget()
    {
        if (digits.Length == 0 || time.GetElapsedTime(lastAt) < ForgetAfter)
        {
            return false;
        }

        digits = "";
        return true;
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}

/// <summary>What became of one press.</summary>
public abstract record KeyOutcome
{
    public sealed record DigitTaken : KeyOutcome;

    public sealed record Cleared : KeyOutcome;

    /// <summary>Not a press of a person.</summary>
    public sealed record Ignored : KeyOutcome;

    public sealed record Ordered(KeyFunction Function, string Digits) : KeyOutcome
    {
        /// <summary>Digits may be a PIN.</summary>
        public override string ToString() => Function.ToString();
    }

    /// <param name="Code">For logs and tests.</param>
    public sealed record Refused(string Code) : KeyOutcome;
}
