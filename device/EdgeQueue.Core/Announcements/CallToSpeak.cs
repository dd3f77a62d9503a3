namespace EdgeQueue.Core.Announcements;

/// <summary>What a counter is in this building; it decides the words ("to window 5", "to room 5").</summary>
public enum PlaceKind { Counter, Desk, Window, Room }

/// <summary>One call, as the loudspeaker needs it.</summary>
/// <param name="Label">The ticket's label as printed, for example <c>A042</c>.</param>
/// <param name="Place">What is written at the place, for example <c>5</c> or <c>B2</c>.</param>
/// <param name="Kind">What that place is.</param>
public sealed record CallToSpeak(string Label, string Place, PlaceKind Kind = PlaceKind.Counter);

/// <summary>How the digits of a label are said.</summary>
public enum NumberStyle
{
    /// <summary>One by one, zeros included: "A zero four two".</summary>
    Digits,

    /// <summary>As one number, leading zeros dropped: "A forty-two".</summary>
    Number,
}

/// <summary>What a branch may change about a language's phrase; null means the language's own default.</summary>
public sealed record PhraseOptions
{
    public static readonly PhraseOptions Default = new();

    /// <summary>How a ticket's digits are said.</summary>
    public NumberStyle? TicketStyle { get; init; }

    /// <summary>How a place's digits are said.</summary>
    public NumberStyle? PlaceStyle { get; init; }

    /// <summary>
    /// A template of the branch's own, for instance "Ticket {label}, please go to | counter {place}". A bar
    /// divides words into separate clips. Check it with <see cref="PhraseTemplate.Parse"/> when the
    /// configuration is loaded: a template that does not parse is a bug by the time it is spoken.
    /// </summary>
    public string? Template { get; init; }
}
