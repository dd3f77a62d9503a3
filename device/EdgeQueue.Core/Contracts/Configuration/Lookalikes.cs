namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>Capital letters that people cannot tell apart on a ticket (a small part of Unicode UTS 39's confusables).</summary>
public static class Lookalikes
{
    private const string Letters = "АВЕЅЗІЇЈКМНОРСТУҮХԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ\u04E0\u05DD\u0623\u0625\u0622\u0671";
    private const string Twins = "ABESЗIIJKMHOPCTYYXQWABEZHIKMNOPTYXЗ\u05E1\u0627\u0627\u0627\u0627";

    // Armenian, Coptic, Nko, Oriya, Malayalam and Myanmar letters; Hebrew vav and final nun, a click, Tifinagh, a stroke; an Arabic he is an Arabic five.
    private const string Zeros = "\u0555\u2C9E\u07CB\u0B20\u0D20\u101D\u1D0F";
    private const string Ones = "\u05D5\u05DF\u01C0\u2D4F\u4E28|";
    private const string Fives = "\u0647";

    /// <summary>The text with every letter replaced by its Latin twin: texts with the same skeleton look alike.</summary>
    public static string Skeleton(string text) => string.Concat(text.Select(c =>
        Letters.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal) is var at and >= 0 ? Twins[at] : char.ToUpperInvariant(c)));

    /// <summary>The digit that a letter is read as, or null: O and 0, I and 1 (and l), З and 3.</summary>
    public static char? Digit(char letter) => Skeleton(letter.ToString()) switch
    {
        "O" => '0',
        "I" => '1',
        "З" => '3',
        _ => letter == 'l' || Ones.Contains(letter) ? '1' : Zeros.Contains(letter) ? '0' : Fives.Contains(letter) ? '5' : null,
    };

    /// <summary>A letter of another width or form than the one that it is: nobody types it on purpose.</summary>
    public static bool IsForm(char letter) => letter is (>= '\uFB00' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFFEF');

    /// <summary>The alphabet of a letter, roughly: Unicode's blocks of 128, those of one script together. Latin, Greek and Cyrillic are one here: their twins are known.</summary>
    public static int Alphabet(char letter) => letter switch
    {
        < '\u0530' or (>= '\u1E00' and <= '\u1FFF') => 0,
        <= '\u058F' => 1,
        <= '\u05FF' => 2,
        <= '\u077F' or (>= '\u08A0' and <= '\u08FF') => 3,
        >= '\u1200' and <= '\u139F' => 4,
        (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F') or (>= '\uAC00' and <= '\uD7AF') => 5,
        >= '\u2E80' and <= '\u9FFF' => 6,
        _ => letter / 128,
    };
}
