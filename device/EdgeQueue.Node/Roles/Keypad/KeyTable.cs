using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>
/// What a key means alone, after a number, and after one of its codes; and its other meanings. The standard table is for a USB
/// numeric keypad; its picture is in the README of this folder.
/// </summary>
public sealed class KeyTable
{
    private static readonly Dictionary<KeyCode, KeyMeaning> Standard = new()
    {
        [KeyCode.KeypadEnter] = new(KeyFunction.Next, KeyFunction.CallTicket),
        [KeyCode.KeypadPlus] = new(KeyFunction.Arrive, KeyFunction.Resume),
        [KeyCode.KeypadMinus] = new(KeyFunction.NoShow, KeyFunction.Reprint) { Codes = { ["0"] = KeyFunction.Undo } },
        [KeyCode.KeypadAsterisk] = new(KeyFunction.Recall, KeyFunction.TakeOver) { Codes = { ["0"] = KeyFunction.More } },
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

    // After "0 *". What is seldom needed, and concerns somebody else or what comes afterwards.
    private static readonly Dictionary<KeyCode, KeyMeaning> Further = new()
    {
        [KeyCode.KeypadEnter] = new(KeyFunction.Precall, KeyFunction.Of),
        [KeyCode.KeypadPlus] = new(KeyFunction.None, KeyFunction.AddStep) { Codes = { ["0"] = KeyFunction.DropSteps } },
        [KeyCode.KeypadMinus] = new(KeyFunction.None, KeyFunction.SetPriority),
        [KeyCode.KeypadAsterisk] = new(KeyFunction.Clear, KeyFunction.CallFrom),
        [KeyCode.KeypadSlash] = new(KeyFunction.GiveBack, KeyFunction.ChangeService),
        [KeyCode.KeypadDot] = new(KeyFunction.Start, KeyFunction.Start),
        [KeyCode.Backspace] = new(KeyFunction.Clear, KeyFunction.Clear),
        [KeyCode.Escape] = new(KeyFunction.Clear, KeyFunction.Clear),
    };

    private readonly Dictionary<KeyCode, KeyMeaning> meanings = new(Standard);
    private readonly Dictionary<KeyCode, KeyMeaning> further = new(Further);

    private KeyTable()
    {
        // The main Enter and the dot of the main block are what some keypads send.
        meanings[KeyCode.Enter] = meanings[KeyCode.KeypadEnter];
        further[KeyCode.Enter] = further[KeyCode.KeypadEnter];
        meanings[KeyCode.Period] = meanings[KeyCode.KeypadDot];
        meanings[KeyCode.KeypadComma] = meanings[KeyCode.KeypadDot];
        further[KeyCode.Period] = further[KeyCode.KeypadComma] = further[KeyCode.KeypadDot];
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
                table.meanings[key] = table.further[key] = new KeyMeaning(meaning, meaning);
            }
        }

        return (table, faults);
    }

    /// <summary>Null: the key has no meaning here.</summary>
    /// <param name="more">The other meanings.</param>
    public KeyMeaning? Find(KeyCode key, bool more = false) => (more ? further : meanings).GetValueOrDefault(key);

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
