using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Forecast;

/// <summary>The predictions as they stood at a moment: immutable, made by the worker, read by anybody.</summary>
/// <param name="At">Branch time at which they were made; the waits count from then.</param>
/// <param name="Futures">How many futures they stand on; 0: too little is known to say anything.</param>
/// <param name="Fresh">How many of them begin at the last event; the others began before, and nothing has happened since that they could not foresee.</param>
/// <param name="Visits">By visit number.</param>
/// <param name="Newcomers">Of somebody who took a ticket then.</param>
/// <param name="Bookings">By booking number, of who may check in about now.</param>
/// <param name="Quality">How good what people were told was; null: nothing was told yet.</param>
/// <param name="Services">The same by service.</param>
/// <param name="RolledMs">How long the last work on them took, milliseconds.</param>
public sealed record WaitBoard(
    Moment At, int Futures, int Fresh, IReadOnlyDictionary<long, WaitPrediction> Visits,
    IReadOnlyDictionary<ArrivalStream, WaitPrediction> Newcomers, IReadOnlyDictionary<string, WaitPrediction> Bookings,
    ForecastQuality? Quality, IReadOnlyDictionary<string, ForecastQuality> Services, double RolledMs)
{
    private const long Minute = 60_000;

    /// <summary>What a ticket says that is taken now; null: not known, or at once: say nothing.</summary>
    public ExpectedWait? Newcomer(string service, string? segment) => Newcomers.TryGetValue(new(service, segment), out WaitPrediction? told) ? Minutes(told) : null;

    /// <summary>Whole minutes, never less than one; null when nobody has to wait.</summary>
    public static ExpectedWait? Minutes(WaitPrediction prediction) => prediction.HighMs < Minute
        ? null
        : new(
            (int)Math.Max(1, (prediction.LowMs + (Minute / 2)) / Minute),
            (int)Math.Max(1, (prediction.HighMs + Minute - 1) / Minute));

    /// <summary>What the minutes of a ticket promise.</summary>
    public static WaitPrediction Promise(ExpectedWait minutes, PredictionBasis basis) => new(basis, minutes.P50 * Minute, minutes.P90 * Minute);
}
