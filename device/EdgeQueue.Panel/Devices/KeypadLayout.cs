using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>A USB numeric keypad as it lies on the desk, with what its keys mean (README of the node's keypad role).</summary>
internal static class KeypadLayout
{
    public const string Hint =
        "Open: PIN, then “.” · 42 Enter calls ticket 42 · 3 / transfers · 42 − prints a copy · 0 − takes back · 0 / requeues · 0 . pauses · 00 . closes · "
        + "0 * then 3 / changes the service, 1 − the priority, 2 + adds a step; with 42 Enter in between: of ticket 42";

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
