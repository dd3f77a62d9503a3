using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeQueue.Hardware.Input;

/// <summary>
/// Keys by the kernel's names (linux/input-event-codes.h), as <c>evtest</c> prints them and a configuration writes them:
/// <c>KEY_KPENTER</c>, <c>KEY_1</c>, <c>BTN_0</c>; a key without a name by its number, e.g. <c>353</c>.
/// </summary>
public static class KeyNames
{
    /// <summary>Where the kernel's word is another than ours.</summary>
    private static readonly Dictionary<KeyCode, string> Others = new()
    {
        [KeyCode.KeypadLeftParenthesis] = "KEY_KPLEFTPAREN",
        [KeyCode.KeypadRightParenthesis] = "KEY_KPRIGHTPAREN",
        [KeyCode.Escape] = "KEY_ESC",
        [KeyCode.LeftControl] = "KEY_LEFTCTRL",
        [KeyCode.RightControl] = "KEY_RIGHTCTRL",
        [KeyCode.LeftBracket] = "KEY_LEFTBRACE",
        [KeyCode.RightBracket] = "KEY_RIGHTBRACE",
        [KeyCode.Period] = "KEY_DOT",
    };

    private static readonly Dictionary<string, KeyCode> ByName =
        Enum.GetValues<KeyCode>().Where(key => key != KeyCode.None).ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>The kernel's name; for a key without one, its number.</summary>
    public static string Of(KeyCode key)
    {
        if (Others.TryGetValue(key, out var other))
        {
            return other;
        }

        var ours = key.ToString();
        return ours switch
        {
            _ when char.IsAsciiDigit(ours[0]) => ours,
            _ when Ends(ours, "Digit", out var digit) => "KEY_" + digit,
            _ when Ends(ours, "Button", out var button) => "BTN_" + button,
            _ when Ends(ours, "Keypad", out var sign) => "KEY_KP" + sign.ToUpperInvariant(),
            _ => "KEY_" + ours.ToUpperInvariant(),
        };
    }

    /// <summary>False: no key has this name, and it is not a number from 1 to 767 (KEY_MAX).</summary>
    public static bool TryParse(string name, out KeyCode key)
    {
        if (ByName.TryGetValue(name, out key))
        {
            return true;
        }

        var isNumber = ushort.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 767;
        key = isNumber ? (KeyCode)number : KeyCode.None;
        return isNumber;
    }

    private static bool Ends(string name, string start, [NotNullWhen(true)] out string? rest)
    {
        rest = name.StartsWith(start, StringComparison.Ordinal) ? name[start.Length..] : null;
        return rest is not null;
    }
}
