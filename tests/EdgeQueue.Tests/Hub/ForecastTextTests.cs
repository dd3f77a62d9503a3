using System.Text;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Tests.Hub;

/// <summary>How good the waiting times were, as the hub publishes it.</summary>
public sealed class ForecastTextTests
{
    private static readonly ForecastQuality Judged = new(40, 90_000, 0.55, 0.9, 0, null, 3, 1);
    private static readonly ForecastQuality OnlyLeft = new(0, null, null, null, 0, null, 2, 0);

    [Fact]
    public void Prometheus_gets_error_and_coverage_of_each_service_and_nothing_where_nothing_is_known()
    {
        var text = new StringBuilder();
        ForecastText.Write(text, new WaitBoard(
            new Moment(0), 60, 9, new Dictionary<long, WaitPrediction>(), new Dictionary<ArrivalStream, WaitPrediction>(),
            new Dictionary<string, WaitPrediction>(), Judged,
            new Dictionary<string, ForecastQuality> { ["cash"] = Judged, ["loans"] = OnlyLeft }, 12.5));
        var lines = text.ToString().Split('\n');

        Assert.Contains("edgequeue_forecast_futures 60", lines);
        Assert.Contains("edgequeue_forecast_fresh_futures 9", lines);
        Assert.Contains("edgequeue_forecast_judged{service=\"cash\"} 40", lines);
        Assert.Contains("edgequeue_forecast_error_milliseconds{service=\"cash\"} 90000", lines);
        Assert.Contains("edgequeue_forecast_coverage_permille{service=\"cash\",quantile=\"0.5\"} 550", lines);
        Assert.Contains("edgequeue_forecast_coverage_permille{service=\"cash\",quantile=\"0.9\"} 900", lines);
        Assert.Contains("edgequeue_forecast_left{service=\"loans\"} 2", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("edgequeue_forecast_error_milliseconds{service=\"loans\"", StringComparison.Ordinal));

        // Each family has its head once, before its lines.
        Assert.Equal(1, lines.Count(l => l.StartsWith("# TYPE edgequeue_forecast_coverage_permille", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_says_it_in_words()
    {
        Assert.Equal(
            "Cash: of the last 40 who were told a wait, 55 % were called within the first figure (50 is right), 90 % within the second (90 is right); "
            + "the first was off by 1.5 min on average. 3 left before they were called, 1 of them after the second figure; nobody knows how long they would have waited.",
            ForecastText.Sentence(Judged, "Cash"));
        Assert.StartsWith("Loans: 2 left before they were called", ForecastText.Sentence(OnlyLeft, "Loans"), StringComparison.Ordinal);
        Assert.StartsWith("Of the last 9 who were told a range, 89 %", ForecastText.Sentence(new(0, null, null, null, 9, 8 / 9.0, 0, 0)), StringComparison.Ordinal);
    }
}
