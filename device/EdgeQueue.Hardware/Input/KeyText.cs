namespace EdgeQueue.Hardware.Input;

/// <summary>What a key types on the United States layout, to which scanners are set and which numeric keypads share.</summary>
public static class KeyText
{
    private const string Plain = "`-=[]\\;',./1234567890 ";
    private const string Shifted = "~_+{}|:\"<>?!@#$%^&*() ";

    private static readonly KeyCode[] Keys =
    [
        KeyCode.Grave, KeyCode.Minus, KeyCode.Equal, KeyCode.LeftBracket, KeyCode.RightBracket, KeyCode.Backslash,
        KeyCode.Semicolon, KeyCode.Apostrophe, KeyCode.Comma, KeyCode.Period, KeyCode.Slash,
        KeyCode.Digit1, KeyCode.Digit2, KeyCode.Digit3, KeyCode.Digit4, KeyCode.Digit5,
        KeyCode.Digit6, KeyCode.Digit7, KeyCode.Digit8, KeyCode.Digit9, KeyCode.Digit0, KeyCode.Space,
    ];

    // The kernel numbers letters by their place on the keyboard, row by row.
    private static readonly (KeyCode First, string Letters)[] Rows =
        [(KeyCode.Q, "qwertyuiop"), (KeyCode.A, "asdfghjkl"), (KeyCode.Z, "zxcvbnm")];

    /// <summary>The character, or null for keys that type none.</summary>
    public static char? Of(KeyCode key, bool shift)
    {
        foreach (var (first, letters) in Rows)
        {
            if (key >= first && key - first < letters.Length)
            {
                var letter = letters[key - first];
                return shift ? char.ToUpperInvariant(letter) : letter;
            }
        }

        if (Array.IndexOf(Keys, key) is var index and >= 0)
        {
            return (shift ? Shifted : Plain)[index];
        }

        return Digit(key) is { } digit ? (char)('0' + digit) : KeypadSign(key);
    }

    /// <summary>The key and shift that type a character, or null: the other direction, for those who play a scanner.</summary>
    public static (KeyCode Key, bool Shift)? KeyFor(char character)
    {
        foreach (var key in Enum.GetValues<KeyCode>())
        {
            if (Of(key, shift: false) == character)
            {
                return (key, false);
            }

            if (Of(key, shift: true) == character)
            {
                return (key, true);
            }
        }

        return null;
    }

    /// <summary>0 … 9 for the digit keys of both blocks, else null. Num Lock does not matter to the kernel.</summary>
    public static int? Digit(KeyCode key) => key switch
    {
        KeyCode.Digit0 or KeyCode.Keypad0 => 0,
        >= KeyCode.Digit1 and <= KeyCode.Digit9 => key - KeyCode.Digit1 + 1,
        >= KeyCode.Keypad7 and <= KeyCode.Keypad9 => key - KeyCode.Keypad7 + 7,
        >= KeyCode.Keypad4 and <= KeyCode.Keypad6 => key - KeyCode.Keypad4 + 4,
        >= KeyCode.Keypad1 and <= KeyCode.Keypad3 => key - KeyCode.Keypad1 + 1,
        _ => null,
    };

    private static char? KeypadSign(KeyCode key) => key switch
    {
        KeyCode.KeypadPlus => '+',
        KeyCode.KeypadMinus => '-',
        KeyCode.KeypadAsterisk => '*',
        KeyCode.KeypadSlash => '/',
        KeyCode.KeypadDot => '.',
        KeyCode.KeypadComma => ',',
        KeyCode.KeypadEqual => '=',
        _ => null,
    };
}
