namespace EdgeQueue.Core.Forecast;

/// <summary>One way in which it may go on.</summary>
/// <param name="From">Milliseconds of branch time; when it was rolled.</param>
/// <param name="CalledAt">By visit, when it is called; a visit that waited then and is not here is not called within half a day.</param>
/// <param name="Newcomers">When somebody who took a ticket at <c>From</c> would be called; null: never.</param>
/// <param name="GuessedShare">Of its service times were not from what this branch has seen; 0 … 1.</param>
internal sealed record Future(
    long From, IReadOnlyDictionary<long, long> CalledAt, IReadOnlyDictionary<ArrivalStream, long?> Newcomers, double GuessedShare);
