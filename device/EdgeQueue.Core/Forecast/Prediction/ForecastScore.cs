using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>How good the predictions were that people were given with their tickets: kept beside what happened then.</summary>
public sealed class ForecastScore
{
    /// <summary>Predictions that are looked back upon.</summary>
    public const int Most = 1000;

    private readonly Dictionary<long, (long At, WaitPrediction Told)> _told = [];
    private readonly Queue<Outcome> _outcomes = new();

    /// <summary>What somebody was told when they took a ticket. Who is called at once was told nothing.</summary>
    public void Told(long visit, Moment at, WaitPrediction prediction)
    {
        // A table of who waits; a branch refuses tickets long before this.
        if (prediction.Basis == PredictionBasis.Known && _told.Count < 100_000)
        {
            _told[visit] = (at.Milliseconds, prediction);
        }
    }

    public void Learn(Event happened)
    {
        switch (happened)
        {
            case VisitCalled e when _told.Remove(e.Visit, out var told):
                Add(told.Told, e.At.Milliseconds - told.At);
                break;
            case VisitEnded e:
                _told.Remove(e.Visit);
                break;
            case VisitParked e:
                _told.Remove(e.Visit);
                break;
            default:
                break;
        }
    }

    private void Add(WaitPrediction told, long waitedMs)
    {
        // Called within the second: there was nothing to predict.
        if (waitedMs < 1000)
        {
            return;
        }

        if (_outcomes.Count == Most)
        {
            _outcomes.Dequeue();
        }

        _outcomes.Enqueue(new(Math.Abs(waitedMs - told.LowMs), waitedMs <= told.LowMs, waitedMs <= told.HighMs));
    }

    /// <summary>Null: nothing to look back upon.</summary>
    public ForecastQuality? Quality => _outcomes.Count == 0
        ? null
        : new(
            _outcomes.Count, (long)_outcomes.Average(o => o.ErrorMs), _outcomes.Average(o => o.InP50 ? 1.0 : 0), _outcomes.Average(o => o.InP90 ? 1.0 : 0));

    private readonly record struct Outcome(long ErrorMs, bool InP50, bool InP90);
}

/// <param name="Predictions">How many are looked back upon; of people who had to wait.</param>
/// <param name="MeanErrorMs">Mean distance between the P50 and the wait, milliseconds.</param>
/// <param name="P50Coverage">Share called within their P50; 0.5 is calibrated.</param>
/// <param name="P90Coverage">Share called within their P90; 0.9 is calibrated.</param>
public sealed record ForecastQuality(int Predictions, long MeanErrorMs, double P50Coverage, double P90Coverage);
