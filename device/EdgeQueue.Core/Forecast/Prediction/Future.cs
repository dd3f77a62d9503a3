using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>One way in which it may go on.</summary>
/// <param name="From">Milliseconds of branch time; when it was rolled.</param>
/// <param name="CalledAt">By visit, when it is called; a visit that waited then and is not here is not called within a day.</param>
/// <param name="BookedAt">By booking that may check in about now, when its customer is called who does so now; null: not within a day.</param>
/// <param name="Newcomers">When somebody who took a ticket at <c>From</c> would be called; null: never.</param>
/// <param name="GuessedShare">Of its service times were not from what this branch has seen; 0 … 1.</param>
internal sealed record Future(
    long From, IReadOnlyDictionary<long, long> CalledAt, IReadOnlyDictionary<string, long?> BookedAt,
    IReadOnlyDictionary<ArrivalStream, long?> Newcomers, double GuessedShare)
{
    /// <summary>Of which look at the branch it is.</summary>
    public int Look { get; init; }

    /// <summary>What had happened by then that the futures before it could not foresee.</summary>
    public Surprises Seen { get; init; }
}

/// <summary>How often something happened that a future does not foresee.</summary>
/// <param name="Turns">Changes of everything: a counter came or went, a day, other rules.</param>
/// <param name="Single">Changes about one visit or booking: left, sent elsewhere, put aside.</param>
internal readonly record struct Surprises(int Turns, int Single)
{
    public Surprises After(Event happened) => happened switch
    {
        CounterOpened or CounterPaused or CounterClosed or DayOpened or RulesApplied or EvacuationStarted or EvacuationEnded or ClockStepped
            => this with { Turns = Turns + 1 },
        VisitEnded { How: VisitEnd.Cancelled or VisitEnd.Cleared } or VisitTransferred or VisitRequeued or VisitMissed or VisitParked or VisitPostponed or VisitRedirected or VisitResumed
            or VisitReinstated or VisitRestored or ServiceChanged or PriorityChanged or BookingPlaced or BookingWithdrawn
            => this with { Single = Single + 1 },
        _ => this,
    };
}
