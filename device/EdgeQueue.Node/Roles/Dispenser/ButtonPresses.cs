using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>
/// From keys to buttons. A second press is a second customer, unless it follows within half a second on the same button:
/// that is an impatient finger. A press that was read too late belongs to nobody.
/// </summary>
public sealed class ButtonPresses(IReadOnlyList<ButtonConfiguration> buttons, TimeProvider time)
{
    public static readonly TimeSpan DoublePress = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan TooOld = TimeSpan.FromSeconds(3);

    private readonly Dictionary<KeyCode, int> byKey = buttons
        .Select((button, index) => (Key: KeyNames.TryParse(button.Key, out var key) ? key : KeyCode.None, index))
        .Where(b => b.Key != KeyCode.None)
        .DistinctBy(b => b.Key)
        .ToDictionary(b => b.Key, b => b.index);

    private readonly Dictionary<int, long> last = [];

    /// <summary>Keys of the configuration that no keyboard has: sentences for the log.</summary>
    public IEnumerable<string> UnknownKeys => buttons
        .Where(b => !KeyNames.TryParse(b.Key, out _))
        .Select(b => $"'{b.Key}' is not a key; use the kernel's names, e.g. KEY_1 or BTN_0 (evtest shows them)");

    public ButtonPress Take(KeyChanged change)
    {
        if (!change.Down || !byKey.TryGetValue(change.Key, out var button))
        {
            return new ButtonPress(PressKind.None, -1);
        }

        if (time.GetElapsedTime(change.At) > TooOld)
        {
            return new ButtonPress(PressKind.TooOld, button);
        }

        if (last.TryGetValue(button, out var before) && time.GetElapsedTime(before, change.At) < DoublePress)
        {
            return new ButtonPress(PressKind.Double, button);
        }

        last[button] = change.At;
        return new ButtonPress(PressKind.Customer, button);
    }
}

/// <param name="Button">From 0.</param>
public readonly record struct ButtonPress(PressKind Kind, int Button);

/// <summary>What a change of a key means.</summary>
public enum PressKind
{
    /// <summary>Not a button of ours, or its release.</summary>
    None,
    Customer,
    Double,
    TooOld,
}
