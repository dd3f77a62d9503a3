using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>A number pad for customers, as ticket machines have it, with what its keys mean (README of the node's dispenser role).</summary>
internal static class NumberPadLayout
{
    public static IReadOnlyList<KeyModel> Keys { get; } =
    [
        new("KEY_KP7", "7", null, 1, 1), new("KEY_KP8", "8", null, 1, 2), new("KEY_KP9", "9", null, 1, 3),
        new("KEY_KPSLASH", "\u2295", "Language", 1, 4),
        new("KEY_KP4", "4", null, 2, 1), new("KEY_KP5", "5", null, 2, 2), new("KEY_KP6", "6", null, 2, 3),
        new("KEY_BACKSPACE", "\u232B", "Back", 2, 4),
        new("KEY_KP1", "1", null, 3, 1), new("KEY_KP2", "2", null, 3, 2), new("KEY_KP3", "3", null, 3, 3),
        new("KEY_KPENTER", "Enter", null, 3, 4, Height: 2, Main: true),
        new("KEY_KP0", "0", null, 4, 1, Width: 2),
        new("KEY_KPMINUS", "\u00D7", "Clear", 4, 3),
    ];
}
