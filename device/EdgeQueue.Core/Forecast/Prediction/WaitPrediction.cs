namespace EdgeQueue.Core.Forecast;

/// <summary>How much this branch's own past says about a wait.</summary>
public enum PredictionBasis
{
    /// <summary>Enough: <c>LowMs</c> is the P50, <c>HighMs</c> the P90.</summary>
    Known,

    /// <summary>Something: <c>LowMs</c> is the P10, <c>HighMs</c> the P95, and no one figure between is claimed.</summary>
    Range,
}

/// <summary>When somebody will be called, from now on; milliseconds.</summary>
public sealed record WaitPrediction(PredictionBasis Basis, long LowMs, long HighMs)
{
    /// <summary>Half of such people are called within this; null: not known well enough to say.</summary>
    public long? P50Ms => Basis == PredictionBasis.Known ? LowMs : null;

    /// <summary>Nine of ten such people are called within this; null: not known well enough to say.</summary>
    public long? P90Ms => Basis == PredictionBasis.Known ? HighMs : null;
}
