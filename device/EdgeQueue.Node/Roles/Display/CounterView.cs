using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>All that a counter's display knows at one moment.</summary>
/// <param name="Counter">The retained message of its counter; null: none has come yet.</param>
/// <param name="SinceHeartbeat">Since the hub's last sign of life, or since the start.</param>
/// <param name="Now">Branch time; null: not known yet.</param>
/// <param name="MinuteOfDay">0 … 1439, local; null: not known.</param>
public sealed record CounterView(CounterMessage? Counter, TimeSpan SinceHeartbeat, Moment? Now, int? MinuteOfDay);

/// <summary>What to show, and for how long that holds when nothing new comes.</summary>
/// <param name="ChangesIn">Null: until something comes.</param>
/// <param name="Unshown">A text of the branch that this display cannot show as it is; null: all is shown.</param>
public sealed record Face(Hardware.Displays.DisplayFrame Frame, TimeSpan? ChangesIn, string? Unshown);

/// <summary>What the display at hand is able to show (<see cref="Hardware.Displays.ILedDisplay"/>, asked by pure code).</summary>
public sealed record DisplayAbilities(int Columns, bool CanBlink, Func<string, bool> CanShow);
