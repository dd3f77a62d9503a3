using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

internal enum DeskPhase
{
    Away,
    Idle,
    Walking,
    Absent,
    Serving,
    Breathing,
}

/// <summary>A counter of a branch that is rolled forward: it knows when it is free, and nothing of whom it calls.</summary>
internal sealed class Desk(int index, string id, string operatorId, string profile, int skills)
{
    public int Index => index;
    public string Id => id;
    public string Operator => operatorId;
    public string Profile => profile;

    /// <summary>How many services it has: among idle desks the one with the fewest takes an arrival.</summary>
    public int Skills => skills;

    /// <summary>Its operator's service times ÷ the ordinary ones.</summary>
    public double Pace { get; set; } = 1;

    public DeskPhase Phase { get; set; } = DeskPhase.Away;
    public long FreeSince { get; set; }
    public Customer? Customer { get; set; }

    /// <summary>Calls made for who does not come.</summary>
    public int Calls { get; set; }

    /// <summary>When it gives up on who does not come.</summary>
    public long GivesUpAt { get; set; }

    /// <summary>The plan sends its operator away as soon as nobody is at the desk; the word is the reason.</summary>
    public string? LeavesFor { get; set; }

    /// <summary>A due entry with another stamp is out of date.</summary>
    public int Stamp { get; set; }
}

/// <summary>When an operator is there.</summary>
/// <param name="From">Milliseconds, inclusive.</param>
/// <param name="To">Exclusive; whoever is served then is served to the end.</param>
public readonly record struct Duty(long From, long To)
{
    /// <summary>An end that never comes.</summary>
    public const long Never = long.MaxValue / 4;
}

/// <summary>A counter that takes part, and when.</summary>
/// <param name="Duties">In order, apart from one another; empty: always.</param>
/// <param name="Pace">Service times ÷ the ordinary ones.</param>
public sealed record DeskPlan(string Counter, string Operator, string? WorkProfile, IReadOnlyList<Duty> Duties, double Pace = 1);

/// <summary>What a roll needs to know beside the state.</summary>
/// <param name="AbsentMs">How long a counter waits for who does not come, milliseconds; the policy's calls may take longer.</param>
/// <param name="GapMs">From the end of a service to the next call, milliseconds; 0: the call is the end of the service.</param>
public sealed record RollOptions(long AbsentMs = 45_000, long GapMs = 0);
