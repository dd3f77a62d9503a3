using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// What a key means alone, after a number, and after one of its codes. The standard table is for a USB numeric keypad; its
/// picture is in the README of this folder.
/// </summary>
public sealed class KeyTable
{
    private static readonly Dictionary<KeyCode, KeyMeaning> Standard = new()
    {
        [KeyCode.KeypadEnter] = new(KeyFunction.Next, KeyFunction.CallTicket),
        [KeyCode.KeypadPlus] = new(KeyFunction.Arrive, KeyFunction.Resume),
        [KeyCode.KeypadMinus] = new(KeyFunction.NoShow, KeyFunction.Reprint) { Codes = { ["0"] = KeyFunction.Undo } },
        [KeyCode.KeypadAsterisk] = new(KeyFunction.Recall, KeyFunction.TakeOver),
        [KeyCode.KeypadSlash] = new(KeyFunction.Park, KeyFunction.Transfer)
        {
            Codes = { ["0"] = KeyFunction.Requeue, ["00"] = KeyFunction.RequeueToEnd },
        },
        [KeyCode.KeypadDot] = new(KeyFunction.Finish, KeyFunction.Open)
        {
            Codes = { ["0"] = KeyFunction.Pause, ["00"] = KeyFunction.Close },
        },
        [KeyCode.Backspace] = new(KeyFunction.Undo, KeyFunction.Clear),
    };

    private readonly Dictionary<KeyCode, KeyMeaning> meanings = new(Standard);

    private KeyTable()
    {
        // The main Enter and the dot of the main block are what some keypads send.
        meanings[KeyCode.Enter] = meanings[KeyCode.KeypadEnter];
        meanings[KeyCode.Period] = meanings[KeyCode.KeypadDot];
        meanings[KeyCode.KeypadComma] = meanings[KeyCode.KeypadDot];
        meanings[KeyCode.Escape] = new(KeyFunction.Clear, KeyFunction.Clear);
    }

    /// <summary>
    /// The standard table with the configuration's keys over it. What cannot be read is told, all at once, and left out:
    /// a keypad with one dead key is better than none.
    /// </summary>
    public static (KeyTable Table, IReadOnlyList<string> Faults) Read(IReadOnlyDictionary<string, string> keys)
    {
        var table = new KeyTable();
        var faults = new List<string>();
        foreach (var (name, function) in keys)
        {
            if (!KeyNames.TryParse(name, out var key))
            {
                faults.Add($"keys: there is no key '{name}'; evtest shows the names, e.g. KEY_KPENTER.");
            }
            else if (!Functions.TryGetValue(function, out var meaning))
            {
                faults.Add($"keys: '{name}' cannot mean '{function}'; a key can be {string.Join(", ", Functions.Keys.Order(StringComparer.Ordinal))}.");
            }
            else
            {
                // A key of its own means the same with and without a number.
                table.meanings[key] = new KeyMeaning(meaning, meaning);
            }
        }

        return (table, faults);
    }

    /// <summary>Null: the key has no meaning here.</summary>
    public KeyMeaning? Find(KeyCode key) => meanings.GetValueOrDefault(key);

    private static readonly Dictionary<string, KeyFunction> Functions = Enum.GetValues<KeyFunction>()
        .ToDictionary(function => char.ToLowerInvariant(function.ToString()[0]) + function.ToString()[1..], StringComparer.OrdinalIgnoreCase);
}

/// <param name="Alone">Without digits before it.</param>
/// <param name="WithNumber">After digits; <see cref="KeyFunction.None"/>: digits make no sense before this key.</param>
public sealed record KeyMeaning(KeyFunction Alone, KeyFunction WithNumber)
{
    /// <summary>Digits that are a word of their own before this key.</summary>
    public Dictionary<string, KeyFunction> Codes { get; } = new(StringComparer.Ordinal);

    public KeyFunction After(string digits) =>
        digits.Length == 0 ? Alone : Codes.TryGetValue(digits, out var code) ? code : WithNumber;
}
