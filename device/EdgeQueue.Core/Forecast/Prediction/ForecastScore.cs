using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// How good the waits were that people were given with their tickets, walk-ins and check-ins alike: what was told is kept beside
/// what happened then. Everybody who was called counts, also who was called at once; of who left before, nobody knows how
/// long they would have waited, so they are counted apart.
/// </summary>
public sealed class ForecastScore
{
    /// <summary>Predictions that are looked back upon, for each service.</summary>
    public const int Most = 500;

    // A table of who waits; a branch refuses tickets long before this.
    private const int MostWaiting = 100_000;

    private readonly Dictionary<long, Told> _told = [];
    private readonly SortedDictionary<string, Queue<Outcome>> _outcomes = new(StringComparer.Ordinal);

    /// <summary>What the ticket says of a visit that begins now.</summary>
    public void TicketSays(long visit, Moment at, WaitPrediction told)
    {
        if (_told.Count < MostWaiting)
        {
            _told[visit] = new("", at.Milliseconds, told);
        }
    }

    public void Learn(Event happened)
    {
        switch (happened)
        {
            // A ticket of this number that was never stored was another's.
            case TicketIssued e when _told.TryGetValue(e.Visit, out var told):
                if (told.At == e.At.Milliseconds)
                {
                    _told[e.Visit] = told with { Service = e.Service };
                }
                else
                {
                    _told.Remove(e.Visit);
                }

                break;
            case VisitCalled e when _told.Remove(e.Visit, out var told):
                Add(told, e.At.Milliseconds - told.At, left: false);
                break;
            case VisitEnded e when _told.Remove(e.Visit, out var told):
                Add(told, e.At.Milliseconds - told.At, left: true);
                break;
            case ServiceChanged e when _told.Remove(e.Visit, out var told):
                Add(told, e.At.Milliseconds - told.At, left: true);
                break;
            // Sent to another service, person or time, as nobody could foresee.
            case VisitRedirected e when _told.Remove(e.Visit, out var told):
                Add(told, e.At.Milliseconds - told.At, left: true);
                break;
            default:
                break;
        }
    }

    /// <summary>By service, those for which something was told; null figures where nothing of a kind was.</summary>
    public IReadOnlyDictionary<string, ForecastQuality> Services => _outcomes.ToDictionary(o => o.Key, o => QualityOf([.. o.Value]));

    /// <summary>Of all services; null: nothing to look back upon.</summary>
    public ForecastQuality? Quality => _outcomes.Count == 0 ? null : QualityOf([.. _outcomes.Values.SelectMany(o => o)]);

    private void Add(Told told, long waitedMs, bool left)
    {
        if (!_outcomes.TryGetValue(told.Service, out var outcomes))
        {
            _outcomes[told.Service] = outcomes = new();
        }

        if (outcomes.Count == Most)
        {
            outcomes.Dequeue();
        }

        outcomes.Enqueue(new(told.Wait, waitedMs, left));
    }

    private static ForecastQuality QualityOf(List<Outcome> all)
    {
        var figures = all.Where(o => !o.Left && o.Told.Basis == PredictionBasis.Known).ToList();
        var ranges = all.Where(o => !o.Left && o.Told.Basis == PredictionBasis.Range).ToList();
        return new(
            figures.Count,
            figures.Count == 0 ? null : (long)figures.Average(o => Math.Abs(o.WaitedMs - o.Told.LowMs)),
            figures.Count == 0 ? null : figures.Average(o => o.WaitedMs <= o.Told.LowMs ? 1.0 : 0),
            figures.Count == 0 ? null : figures.Average(o => o.WaitedMs <= o.Told.HighMs ? 1.0 : 0),
            ranges.Count,
            ranges.Count == 0 ? null : ranges.Average(o => o.WaitedMs >= o.Told.LowMs && o.WaitedMs <= o.Told.HighMs ? 1.0 : 0),
            all.Count(o => o.Left),
            all.Count(o => o.Left && o.WaitedMs > o.Told.HighMs));
    }

    private sealed record Told(string Service, long At, WaitPrediction Wait);

    private readonly record struct Outcome(WaitPrediction Told, long WaitedMs, bool Left);
}

/// <param name="Predictions">How many P50s and P90s are looked back upon: of people who were called.</param>
/// <param name="MeanErrorMs">Mean distance between the P50 that was told and the wait, milliseconds; null: none was told.</param>
/// <param name="P50Coverage">Share called within their P50; 0.5 is calibrated, but for the rounding to minutes.</param>
/// <param name="P90Coverage">Share called within their P90; 0.9 is calibrated, more for the rounding up to minutes.</param>
/// <param name="Ranges">How many ranges (P10 to P95) are looked back upon.</param>
/// <param name="RangeCoverage">Share called within them; 0.85 is calibrated.</param>
/// <param name="Left">Left, or changed the service, before they were called: in none of the figures above.</param>
/// <param name="LeftLate">Of them, those who had already waited longer than the P90.</param>
public sealed record ForecastQuality(
    int Predictions, long? MeanErrorMs, double? P50Coverage, double? P90Coverage, int Ranges, double? RangeCoverage, int Left, int LeftLate);
