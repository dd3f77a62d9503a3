using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Dispenser.Desk;

/// <summary>What a key of the number pad does, besides the digits.</summary>
public enum PadFunction
{
    None,
    Enter,
    Clear,
    Back,
    Language,
}

/// <summary>
/// The keys of the number pad: those of a USB numeric keypad and of the pads of ticket machines (green, yellow, red). The
/// configuration's keys come over them.
/// </summary>
public sealed class PadKeys
{
    private readonly Dictionary<KeyCode, PadFunction> functions = new()
    {
        [KeyCode.KeypadEnter] = PadFunction.Enter,
        [KeyCode.Enter] = PadFunction.Enter,
        [KeyCode.Backspace] = PadFunction.Back,
        [KeyCode.KeypadMinus] = PadFunction.Clear,
        [KeyCode.Escape] = PadFunction.Clear,
        [KeyCode.Delete] = PadFunction.Clear,
        [KeyCode.KeypadDot] = PadFunction.Clear,
        [KeyCode.KeypadAsterisk] = PadFunction.Clear,
        [KeyCode.KeypadSlash] = PadFunction.Language,
        [KeyCode.KeypadPlus] = PadFunction.Language,
    };

    /// <param name="keys">From the configuration; its loader has refused what cannot be read, which is left out here.</param>
    public PadKeys(IReadOnlyDictionary<string, string> keys)
    {
        foreach (var (name, function) in keys)
        {
            if (KeyNames.TryParse(name, out var key) && Enum.TryParse<PadFunction>(function, ignoreCase: true, out var does))
            {
                functions[key] = does;
            }
        }
    }

    /// <summary>A digit, or a function; neither for keys without a meaning (NumLock, which some pads send around digits).</summary>
    public (int? Digit, PadFunction Function) Of(KeyCode key) =>
        functions.TryGetValue(key, out var function) ? (null, function) : (KeyText.Digit(key), PadFunction.None);
}
