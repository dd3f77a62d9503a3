using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// How stays at counters ended: finished, sent on or put aside, and after how long. Fed with a journal's events. What came of a stay that was
/// corrected afterwards (a wrong Finish) counts with its first end.
/// </summary>
internal sealed class EpisodeHistory
{
    private const int Most = 3000;
    private const long LongestSpan = 86_400_000;

    private readonly Dictionary<long, Trail> _trails = [];
    private readonly Dictionary<(string Service, Coming How), Queue<SeenEpisode>> _seen = [];

    /// <summary>How long people were aside.</summary>
    public Recent Asides { get; } = new(1000);

    public IEnumerable<string> Services => _seen.Keys.Select(k => k.Service).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The last of a service; empty: none.</summary>
    public IReadOnlyCollection<SeenEpisode> Of(string service, Coming how) => _seen.TryGetValue((service, how), out var seen) ? seen : [];

    public void Learn(Event happened)
    {
        switch (happened)
        {
            case TicketIssued { Queued: true } e:
                _trails[e.Visit] = new() { Service = e.Service };
                break;
            case VisitArrived e when _trails.TryGetValue(e.Visit, out var trail):
                trail.ArrivedAt = e.At.Milliseconds;
                break;
            case TransactionFinished e when _trails.TryGetValue(e.Visit, out var trail):
                trail.Ended = trail.ArrivedAt < 0 ? null : (e.Service, e.At.Milliseconds - trail.ArrivedAt);
                trail.ArrivedAt = -1;
                break;
            case JourneyPlanned { Taken: not null } e when _trails.TryGetValue(e.Visit, out var trail):
                Ends(trail, null);
                trail.How = Coming.First;
                break;
            case VisitTransferred e when _trails.TryGetValue(e.Visit, out var trail):
                // A journey's step has told the end of the stay already; and who was only called had none.
                var stayed = trail.Ended is not null;
                Ends(trail, e.Place.Returning ? null : Sent(e));
                (trail.Service, trail.ArrivedAt) = (e.Place.Service, -1);
                trail.How = e.Place.Returning ? Coming.Returned : stayed ? Coming.Sent : trail.How;
                break;
            default:
                LearnOthers(happened);
                break;
        }
    }

    private void LearnOthers(Event happened)
    {
        switch (happened)
        {
            case VisitParked e when _trails.TryGetValue(e.Visit, out var trail) && trail.ArrivedAt >= 0:
                trail.Ended = (trail.Service, e.At.Milliseconds - trail.ArrivedAt);
                Ends(trail, new(AsideMs: 0));
                (trail.How, trail.ArrivedAt, trail.AsideSince) = (Coming.Aside, -1, e.At.Milliseconds);
                break;
            case VisitResumed e when _trails.TryGetValue(e.Visit, out var trail) && trail.AsideSince >= 0:
                if (e.At.Milliseconds - trail.AsideSince is >= 0 and <= LongestSpan and var aside)
                {
                    Asides.Add(aside);
                }

                trail.AsideSince = -1;
                break;
            case ServiceChanged e when _trails.TryGetValue(e.Visit, out var trail):
                trail.Service = e.Place.Service;
                break;
            case VisitRequeued e when _trails.TryGetValue(e.Visit, out var trail):
                trail.ArrivedAt = -1;
                break;
            case VisitEnded e when _trails.Remove(e.Visit, out var trail):
                Ends(trail, null);
                break;
            default:
                break;
        }
    }

    private static Onward Sent(VisitTransferred e) => e.Place switch
    {
        { BoundCounter: { } counter } => new(Counter: counter, Return: e.Return),
        { BoundOperator: { } person } => new(Operator: person, Return: e.Return),
        var place => new(Service: place.Service, Return: e.Return),
    };

    private void Ends(Trail trail, Onward? then)
    {
        if (trail.Ended is not { } ended || ended.Ms is < 0 or > LongestSpan)
        {
            return;
        }

        trail.Ended = null;
        var key = (ended.Service, trail.How);
        if (!_seen.TryGetValue(key, out var seen))
        {
            _seen[key] = seen = new();
        }

        if (seen.Count == Most)
        {
            seen.Dequeue();
        }

        seen.Enqueue(new(ended.Ms, then));
    }

    private sealed class Trail
    {
        public required string Service { get; set; }
        public long ArrivedAt { get; set; } = -1;
        public long AsideSince { get; set; } = -1;

        /// <summary>A stay whose end is not known yet: the event behind it tells.</summary>
        public (string Service, long Ms)? Ended { get; set; }

        public Coming How { get; set; }
    }
}

/// <summary>How a visit came to a counter: the stays of each kind take other times.</summary>
internal enum Coming
{
    First,

    /// <summary>From another counter.</summary>
    Sent,

    /// <summary>From whom it was lent to.</summary>
    Returned,

    /// <summary>From having been put aside.</summary>
    Aside,
}

/// <param name="Ms">How long it was.</param>
/// <param name="Then">Null: it was finished.</param>
internal sealed record SeenEpisode(long Ms, Onward? Then);
