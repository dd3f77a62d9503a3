namespace EdgeQueue.Node.Roles.Keypad;

/// <summary>Light as data. All times are from the start of the pattern.</summary>
public sealed record LampPattern(string Name, IReadOnlyList<LampStep> Steps, bool Repeats = false)
{
    /// <summary>The key was read: well within 100 ms, whatever the network does.</summary>
    public static LampPattern Pressed { get; } = new("pressed", [On(60)]);

    /// <summary>A digit was taken: shorter than a press.</summary>
    public static LampPattern Digit { get; } = new("digit", [On(30)]);

    /// <summary>One long light. When the reply is faster than the flash of the press ends, the two are one light.</summary>
    public static LampPattern Accepted { get; } = new("accepted", [On(700)]);

    /// <summary>Three quick ones, after a gap that parts them from the flash of the press.</summary>
    public static LampPattern Refused { get; } = new("refused", [Off(60), On(80), Off(80), On(80), Off(80), On(80)]);

    /// <summary>Slow and steady until the hub has said what became of the press.</summary>
    public static LampPattern NotKnown { get; } = new("notKnown", [On(400), Off(400)], Repeats: true);

    /// <summary>Nothing was pressed, and the hub is away: a blink every three seconds.</summary>
    public static LampPattern Away { get; } = new("away", [Off(2960), On(40)], Repeats: true);

    public static LampPattern Dark { get; } = new("dark", []);

    public TimeSpan Length { get; } = Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.For);

    /// <summary>Lit or not, and for how long; null: for ever, the pattern has ended or is dark.</summary>
    public (bool Lit, TimeSpan? For) At(TimeSpan since)
    {
        if (Length == TimeSpan.Zero || (!Repeats && since >= Length))
        {
            return (false, null);
        }

        var left = new TimeSpan(since.Ticks % Length.Ticks);
        foreach (var step in Steps)
        {
            if (left < step.For)
            {
                return (step.Lit, step.For - left);
            }

            left -= step.For;
        }

        return (false, null);
    }

    private static LampStep On(int milliseconds) => new(true, TimeSpan.FromMilliseconds(milliseconds));

    private static LampStep Off(int milliseconds) => new(false, TimeSpan.FromMilliseconds(milliseconds));
}

public sealed record LampStep(bool Lit, TimeSpan For);
