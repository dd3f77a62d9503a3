using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// The grammar of the keypad, one rule: <c>[digits] key</c>. The digits come first, so every press is either one more digit
/// or complete, and nothing has to be waited for. Two keys only prepare the next: <c>more</c> turns to the other meanings,
/// <c>[digits] of</c> says whom it is about. Digits and preparations that no key follows within 5 s are forgotten, and shown to be.
/// </summary>
/// <remarks>The digits may be a PIN: they are never logged, and not kept after the key.</remarks>
public sealed class KeyEntry(KeyTable table, TimeProvider time)
{
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(5);

    /// <summary>More than any ticket or PIN has; the next digit is refused aloud.</summary>
    public const int MostDigits = 12;

    private string digits = "";
    private string? of;
    private bool more;
    private bool tooMany;
    private long lastAt;
    private long? forgottenAt;

    /// <summary>When what was typed is forgotten; null: there is nothing.</summary>
    public TimeSpan? ForgetsIn => IsEmpty ? null : Positive(ForgetAfter - time.GetElapsedTime(lastAt));

    private bool IsEmpty => digits.Length == 0 && of is null && !more && !tooMany;

    public KeyOutcome Press(KeyCode key)
    {
        // A key that comes late must not be joined with the digits of somebody who has left; nor must it do what it does alone, when whoever
        // typed them goes on.
        Forget();
        var forgotten = forgottenAt is { } at && time.GetElapsedTime(at) < ForgetAfter;
        if (KeyText.Digit(key) is { } digit && table.Find(key) is null)
        {
            (lastAt, forgottenAt) = (time.GetTimestamp(), null);
            if (tooMany || digits.Length == MostDigits)
            {
                Clear();
                tooMany = true;
                return new KeyOutcome.Refused("tooManyDigits");
            }

            digits += (char)('0' + digit);
            return new KeyOutcome.DigitTaken();
        }

        if (table.Find(key, more) is not { } meaning)
        {
            // Some keypads send NumLock around every digit; nobody pressed it.
            return key == KeyCode.NumLock ? new KeyOutcome.Ignored() : new KeyOutcome.Refused("keyWithoutMeaning");
        }

        var (typed, ticket, others, unread) = (digits, of, more, tooMany);
        Clear();
        forgottenAt = null;
        switch (meaning.After(typed))
        {
            case KeyFunction.Clear:
                return new KeyOutcome.Cleared();
            case KeyFunction.None:
                return new KeyOutcome.Refused("noSuchNumber");
            case var _ when unread:
                return new KeyOutcome.Refused("tooManyDigits");
            case var _ when forgotten:
                return new KeyOutcome.Refused("tooSlow");
            case KeyFunction.More:
                return Prepared(ticket, more: true);
            case KeyFunction.Of:
                return typed.Length == 0 ? new KeyOutcome.Refused("numberMissing") : Prepared(typed, others);
            case var function:
                return new KeyOutcome.Ordered(function, typed, ticket);
        }
    }

    /// <summary>Forgets digits whose time is over; true when there were any.</summary>
    public bool Forget()
    {
        if (IsEmpty || time.GetElapsedTime(lastAt) < ForgetAfter)
        {
            return false;
        }

        Clear();
        forgottenAt = time.GetTimestamp();
        return true;
    }

    private KeyOutcome.DigitTaken Prepared(string? ticket, bool more)
    {
        (of, this.more, lastAt) = (ticket, more, time.GetTimestamp());
        return new KeyOutcome.DigitTaken();
    }

    private void Clear() => (digits, of, more, tooMany) = ("", null, false, false);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}

/// <summary>What became of one press.</summary>
public abstract record KeyOutcome
{
    /// <summary>Part of an order: a digit, or a key that prepares the next.</summary>
    public sealed record DigitTaken : KeyOutcome;

    public sealed record Cleared : KeyOutcome;

    /// <summary>Not a press of a person.</summary>
    public sealed record Ignored : KeyOutcome;

    /// <param name="Of">The ticket that it is about; null: the customer here.</param>
    public sealed record Ordered(KeyFunction Function, string Digits, string? Of = null) : KeyOutcome
    {
        /// <summary>Digits may be a PIN.</summary>
        public override string ToString() => Function.ToString();
    }

    /// <param name="Code">For logs and tests.</param>
    public sealed record Refused(string Code) : KeyOutcome;
}
