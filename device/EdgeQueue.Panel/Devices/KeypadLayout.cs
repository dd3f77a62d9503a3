using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>A USB numeric keypad as it lies on the desk, with what its keys mean (README of the node's keypad role).</summary>
internal static class KeypadLayout
{
    /// <summary>How a day begins; the rest is behind it.</summary>
    public const string Hint = "PIN and “.” opens";

    public static IReadOnlyList<OrderModel> Orders { get; } =
    [
        new("42 Enter", "call ticket 42"),
        new("42 +", "is back from parking"),
        new("42 −", "print a copy"),
        new("3 /", "transfer to target 3"),
        new("0 −", "take back the last release"),
        new("0 /", "back to the queue; 00 / to its end"),
        new("0 .", "pause; 00 . close"),
        new("PIN *", "take the counter over"),
        new("0 * 3 /", "came for service 3"),
        new("0 * 1 −", "give the first of the priorities; 0 − take it back"),
        new("0 * 42 Enter …", "the two above, for ticket 42"),
        new("0 * 2 +", "service 2 afterwards, too; 0 + nothing more"),
        new("0 * /", "back to the operator before"),
        new("0 * Enter", "call one person ahead"),
    ];

    public static IReadOnlyList<KeyModel> Keys { get; } =
    [
        new("KEY_BACKSPACE", "⌫", "Undo", 1, 1),
        new("KEY_KPSLASH", "/", "Park", 1, 2),
        new("KEY_KPASTERISK", "*", "Recall", 1, 3),
        new("KEY_KPMINUS", "−", "No-show", 1, 4),
        new("KEY_KP7", "7", null, 2, 1), new("KEY_KP8", "8", null, 2, 2), new("KEY_KP9", "9", null, 2, 3),
        new("KEY_KPPLUS", "+", "Arrive", 2, 4, Height: 2),
        new("KEY_KP4", "4", null, 3, 1), new("KEY_KP5", "5", null, 3, 2), new("KEY_KP6", "6", null, 3, 3),
        new("KEY_KP1", "1", null, 4, 1), new("KEY_KP2", "2", null, 4, 2), new("KEY_KP3", "3", null, 4, 3),
        new("KEY_KPENTER", "Enter", "Next", 4, 4, Height: 2, Main: true),
        new("KEY_KP0", "0", null, 5, 1, Width: 2),
        new("KEY_KPDOT", ".", "Finish · Open", 5, 3),
    ];
}
