namespace EdgeQueue.Core.Queue;

/// <summary>What the ordinary sequence of a prefix still has, before leases and labels that somebody holds are stepped over.</summary>
/// <param name="Next">Next number today; beyond the last one: none.</param>
/// <param name="Left">Numbers left today.</param>
/// <param name="NextDay">First number of the next business day.</param>
/// <param name="NextDayLeft">Numbers of the next business day.</param>
public sealed record OrdinaryNumbers(string Prefix, int Digits, long Next, long Left, long NextDay, long NextDayLeft)
{
    /// <summary>By prefix, in order; none before the first configuration.</summary>
    public static IReadOnlyList<OrdinaryNumbers> Of(BranchState state) =>
    [
        .. Services(state).Select(s => new OrdinaryNumbers(
            s.Prefix, s.Digits, NextOf(state, s), LeftOf(s, NextOf(state, s)), NextDayOf(state, s), LeftOf(s, NextDayOf(state, s)))),
    ];

    internal static IEnumerable<ServiceRules> Services(BranchState state) =>
        (state.Rules?.Services.Values ?? []).DistinctBy(s => s.Prefix).OrderBy(s => s.Prefix, StringComparer.Ordinal);

    internal static long NextOf(BranchState state, ServiceRules service) =>
        state.NextNumbers.TryGetValue(service.Prefix, out var next)
            ? Math.Max(next, service.FirstNumber)
            : Begin(state, service, state.Day);

    /// <summary>The number with which a business day begins: later than the first for a fork's day and the one after it.</summary>
    internal static long Begin(BranchState state, ServiceRules service, int day) =>
        day > state.ForkedOnDay + 1 ? service.FirstNumber
        : state.ForkNext.TryGetValue(service.Prefix, out var told) ? Math.Max(told, service.FirstNumber)
        : service.FirstNumber + (long)state.ForkSkip;

    private static long LeftOf(ServiceRules service, long next) => Math.Max(0, service.LastNumber - next + 1);

    private static long NextDayOf(BranchState state, ServiceRules service) => Begin(state, service, state.Day + 1);
}
