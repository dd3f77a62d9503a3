namespace EdgeQueue.Core.Queue;

/// <summary>An operator's console was locked, or unlocked: the counter pauses, and goes on, by itself.</summary>
/// <param name="Locked">While a customer is there the pause begins when they have left.</param>
public sealed record LockConsole(string Counter, bool Locked, Moment At) : Command(At);

/// <summary>Calls the next people ahead to a buffer near the counters; a counter is assigned when one is free.</summary>
/// <param name="Counter">The counter whose operator wants it.</param>
/// <param name="Buffer">Null: the first buffer with one of the counter's services.</param>
/// <param name="Count">How many, 1 … 4; fewer when fewer wait or there is less room.</param>
public sealed record Precall(string Counter, string? Buffer, int Count, Moment At) : Command(At);
