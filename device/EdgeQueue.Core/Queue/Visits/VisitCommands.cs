namespace EdgeQueue.Core.Queue;

/// <summary>An operator's console was locked, or unlocked: the counter pauses, and goes on, by itself.</summary>
/// <param name="Locked">While a customer is there the pause begins when they have left.</param>
public sealed record LockConsole(string Counter, bool Locked, Moment At) : Command(At);

/// <summary>Calls the next people ahead to a buffer near the counters; a counter is assigned when one is free.</summary>
/// <param name="Counter">The counter whose operator wants it.</param>
/// <param name="Buffer">Null: the first buffer with one of the counter's services.</param>
/// <param name="Count">How many, 1 … 4; fewer when fewer wait or there is less room.</param>
public sealed record Precall(string Counter, string? Buffer, int Count, Moment At) : Command(At);

/// <summary>One service of a visit that has several.</summary>
/// <param name="Operator">The operator who is to serve it, e.g. the one before; null: anybody.</param>
public sealed record JourneyStep(string Service, string? Operator = null);

/// <summary>What a visit still has to do after the service that it waits for or has: these and no others.</summary>
/// <param name="Steps">At most 16; empty: nothing more.</param>
/// <param name="BestOrder">True: next comes where the wait is expected to be shortest; false: as given.</param>
public sealed record PlanJourney(long Visit, IReadOnlyList<JourneyStep> Steps, bool BestOrder, Moment At) : Command(At);

/// <summary>The customer at this counter has one thing more to do afterwards.</summary>
public sealed record AddStep(string Counter, long Seen, JourneyStep Step, Moment At) : Command(At);

/// <summary>The customer at this counter goes back to the operator who served them before, ahead of the others there.</summary>
public sealed record GiveBack(string Counter, long Seen, Moment At) : Command(At);

/// <summary>In a live queue: somebody without a ticket is at the counter, their service starts. Whom the counter serves is finished.</summary>
/// <param name="Service">One that the operator may choose and serves; null: the first that they serve.</param>
public sealed record StartService(string Counter, long Seen, string? Service, Moment At) : Command(At);
