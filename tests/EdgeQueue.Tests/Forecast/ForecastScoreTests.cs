using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What tickets said, held against what happened.</summary>
public sealed class ForecastScoreTests
{
    private static readonly WaitPrediction OneToTwoMinutes = new(PredictionBasis.Known, 60_000, 120_000);
    private readonly ForecastScore _score = new();

    [Fact]
    public void Nothing_was_told_and_nothing_is_said() => Assert.Null(_score.Quality);

    [Fact]
    public void Tickets_are_held_against_the_calls()
    {
        Takes(1, OneToTwoMinutes);
        Takes(2, OneToTwoMinutes);
        _score.Learn(Say.Called(1, "1", 50));
        _score.Learn(Say.Called(2, "1", 150));

        Assert.Equal(new ForecastQuality(2, 50_000, 0.5, 0.5, 0, null, 0, 0), _score.Quality);
    }

    [Fact]
    public void Who_was_told_a_minute_and_was_called_at_once_counts_as_a_minute_wrong()
    {
        Takes(1, OneToTwoMinutes);
        _score.Learn(Say.Called(1, "1", 0.4));

        Assert.Equal((1, 59_600L), (_score.Quality!.Predictions, _score.Quality.MeanErrorMs));
    }

    [Fact]
    public void Who_leaves_is_counted_apart_because_nobody_knows_how_long_they_would_have_waited()
    {
        Takes(1, OneToTwoMinutes);
        Takes(2, OneToTwoMinutes);
        _score.Learn(new VisitEnded(1, VisitEnd.Cancelled, "left", Say.At(30)));
        _score.Learn(new VisitEnded(2, VisitEnd.Cancelled, "left", Say.At(130)));

        Assert.Equal(new ForecastQuality(0, null, null, null, 0, null, 2, 1), _score.Quality);
    }

    [Fact]
    public void A_range_is_judged_as_a_range_and_has_no_middle_to_be_wrong_about()
    {
        Takes(1, OneToTwoMinutes with { Basis = PredictionBasis.Range });
        Takes(2, OneToTwoMinutes with { Basis = PredictionBasis.Range });
        _score.Learn(Say.Called(1, "1", 100));
        _score.Learn(Say.Called(2, "1", 20));

        Assert.Equal(new ForecastQuality(0, null, null, null, 2, 0.5, 0, 0), _score.Quality);
    }

    [Fact]
    public void Each_service_has_its_own_figures()
    {
        Takes(1, OneToTwoMinutes);
        Takes(2, OneToTwoMinutes, "loans");
        _score.Learn(Say.Called(1, "1", 60));
        _score.Learn(Say.Called(2, "1", 260));

        Assert.Equal((0L, 200_000L), (_score.Services["cash"].MeanErrorMs, _score.Services["loans"].MeanErrorMs));
        Assert.Equal(100_000, _score.Quality!.MeanErrorMs);
    }

    [Fact]
    public void What_a_ticket_said_that_was_never_stored_is_not_another_visits()
    {
        _score.TicketSays(1, Say.At(0), OneToTwoMinutes);
        _score.Learn(Issued(1, "cash", Say.At(9)));
        _score.Learn(Say.Called(1, "1", 100));

        Assert.Null(_score.Quality);
    }

    private void Takes(long visit, WaitPrediction says, string service = "cash")
    {
        _score.TicketSays(visit, Say.At(0), says);
        _score.Learn(Issued(visit, service, Say.At(0)));
    }

    private static TicketIssued Issued(long visit, string service, Moment at) =>
        new(visit, $"A{visit}", "A", (int)visit, service, null, 50, 600_000, 60_000, "en", null, $"p{visit}", null, at, false, true, at);
}
