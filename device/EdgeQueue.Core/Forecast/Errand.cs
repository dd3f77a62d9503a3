using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>What somebody comes with beyond a service and a segment.</summary>
/// <param name="Wants">What the operator must have, such as a language; null: nothing.</param>
/// <param name="Operator">Whom they ask for; null: anyone.</param>
/// <param name="People">How many come with the one ticket.</param>
/// <param name="Steps">Services after the first; null: none.</param>
/// <param name="BestOrder">They go where the wait is expected to be shortest.</param>
public sealed record Errand(
    IReadOnlyList<string>? Wants = null, string? Operator = null, int People = 1, IReadOnlyList<JourneyStep>? Steps = null, bool BestOrder = false)
{
    /// <summary>Nothing of it: one person, one service, whoever is free.</summary>
    public static Errand Plain { get; } = new();
}

/// <summary>One stay at a counter.</summary>
/// <param name="ServiceMs">At a counter of ordinary pace.</param>
/// <param name="Then">What its operator does at the end; null: finishes it.</param>
public sealed record Episode(string Service, long ServiceMs, Onward? Then = null);

/// <summary>The operator does not finish the visit but sends it on, to one of a service, a counter and an operator, or puts it aside.</summary>
/// <param name="Return">It comes back to the operator afterwards.</param>
/// <param name="AsideMs">How long it is aside, in place of being sent anywhere; milliseconds.</param>
public sealed record Onward(string? Service = null, string? Counter = null, string? Operator = null, bool Return = false, long? AsideMs = null);
