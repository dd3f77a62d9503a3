using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.People;

/// <summary>A phone number in international form, as ITU-T E.164 has it: 7 to 15 digits without '+'.</summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string digits) => Digits = digits;

    public string Digits { get; }

    /// <summary>As people read it in another country.</summary>
    public string Written => "+" + Digits;

    /// <summary>Never the whole number in a log or a list: its end.</summary>
    public string Masked => $"…{Digits[^3..]}";

    /// <param name="typed">As a person types it; null: not given.</param>
    /// <param name="countryCode">Of a number without one, e.g. <c>47</c>.</param>
    /// <param name="trunkPrefix">What numbers begin with at home only, e.g. <c>0</c>.</param>
    /// <returns>Null: it is no phone number.</returns>
    public static PhoneNumber? Of(string? typed, string countryCode = "", string trunkPrefix = "") =>
        typed is { Length: > 0 and <= 40 } && PhoneHash.International(typed, countryCode, trunkPrefix) is { } digits ? new(digits) : null;

    public override string ToString() => Masked;
}
