using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Hub.Journal;

/// <summary>Who and where the command came from that an event came of. What has none the hub did by itself, because time passed.</summary>
/// <param name="From">A unit, <c>node/unit</c>; or one of the words below, which no unit has, because each of those has a slash.</param>
/// <param name="Operator">Who was signed in at the unit's counter, or signed in by this command; null: nobody, as at a dispenser.</param>
public sealed record EventSource(string From, string? Operator = null)
{
    /// <summary>A command from outside the branch, under law 3 (DESIGN §7, <c>cloud/cmd</c>), or what the cloud told.</summary>
    public static EventSource Cloud { get; } = new("cloud");

    /// <summary>A file of bookings.</summary>
    public static EventSource Bookings { get; } = new("bookings");

    /// <summary>The branch's configuration changed.</summary>
    public static EventSource Configuration { get; } = new("configuration");

    /// <summary>A command of <c>edgequeue journal</c>.</summary>
    public static EventSource Technician { get; } = new("technician");

    public static EventSource Of(UnitAddress unit, string? person) => new($"{unit.Node}/{unit.Unit}", person);
}
