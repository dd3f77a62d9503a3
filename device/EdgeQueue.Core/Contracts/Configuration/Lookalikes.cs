namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>Capital letters that people cannot tell apart on a ticket (a small part of Unicode UTS 39's confusables).</summary>
public static class Lookalikes
{
    private const string Letters = "АВЕЅЗІЇЈКМНОРСТУҮХԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private const string Twins = "ABESЗIIJKMHOPCTYYXQWABEZHIKMNOPTYX";

    /// <summary>The text with every letter replaced by its Latin twin: texts with the same skeleton look alike.</summary>
    public static string Skeleton(string text) => string.Concat(text.Select(c =>
        Letters.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal) is var at and >= 0 ? Twins[at] : char.ToUpperInvariant(c)));

    /// <summary>The digit that a letter is read as, or null: O and 0, I and 1 (and l), З and 3.</summary>
    public static char? Digit(char letter) => Skeleton(letter.ToString()) switch
    {
        "O" => '0',
        "I" => '1',
        "З" => '3',
        _ => letter == 'l' ? '1' : null,
    };
}
