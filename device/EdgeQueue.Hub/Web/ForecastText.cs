using System.Globalization;
using System.Text;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Hub.Forecast;

namespace EdgeQueue.Hub.Web;

/// <summary>How the waiting times are made and how good they were: as figures for Prometheus, and in words.</summary>
internal static class ForecastText
{
    public static void Write(StringBuilder text, WaitBoard waits)
    {
        MetricLines.Head(text, "edgequeue_forecast_futures", "gauge", "Futures that the waiting times stand on; 0: too little is known.");
        MetricLines.Line(text, "edgequeue_forecast_futures", waits.Futures);
        MetricLines.Head(text, "edgequeue_forecast_fresh_futures", "gauge", "Of them, those that begin at the last event.");
        MetricLines.Line(text, "edgequeue_forecast_fresh_futures", waits.Fresh);
        MetricLines.Head(text, "edgequeue_forecast_work_milliseconds", "gauge", "Time of the last work on them.");
        MetricLines.Line(text, "edgequeue_forecast_work_milliseconds", (long)waits.RolledMs);
        Each(text, "judged", "Waits that tickets said and that are known by now, the last 500 of each service.", waits, q => q.Predictions);
        Each(text, "error_milliseconds", "Mean distance between the P50 of the ticket and the wait.", waits, q => q.MeanErrorMs);
        Each(text, "coverage_permille", "Of a thousand, how many were called within what the ticket said.", waits, q => Permille(q.P50Coverage), "0.5");
        Each(text, "coverage_permille", null, waits, q => Permille(q.P90Coverage), "0.9");
        Each(text, "ranges_judged", "Tickets that said a range (P10 to P95) and were called.", waits, q => q.Ranges);
        Each(text, "range_coverage_permille", "Of a thousand of them, how many were called within it.", waits, q => Permille(q.RangeCoverage));
        Each(text, "left", "Were told a wait and left before they were called; in none of the figures above.", waits, q => q.Left);
        Each(text, "left_late", "Of them, those who had waited longer than the P90.", waits, q => q.LeftLate);
    }

    /// <summary>A sentence; with a service's name before it, of that service.</summary>
    public static string Sentence(ForecastQuality q, string? service = null)
    {
        string about = service is null ? "Of the last" : service + ": of the last";
        string? figures = q.Predictions == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{about} {q.Predictions} who were told a wait, {100 * q.P50Coverage:0} % were called within the first figure (50 is right), {100 * q.P90Coverage:0} % within the second (90 is right); the first was off by {q.MeanErrorMs / 60_000.0:0.0} min on average.");
        string? ranges = q.Ranges == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{(figures is null ? about : "Of")} {q.Ranges} who were told a range, {100 * q.RangeCoverage:0} % were called within it (85 is right).");
        string? left = q.Left == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{(figures is null && ranges is null && service is not null ? service + ": " : "")}{q.Left} left before they were called, {q.LeftLate} of them after the second figure; nobody knows how long they would have waited.");
        return string.Join(' ', new[] { figures, ranges, left }.OfType<string>());
    }

    private static long? Permille(double? share) => share is { } some ? (long)Math.Round(1000 * some) : null;

    private static void Each(
        StringBuilder text, string name, string? help, WaitBoard waits, Func<ForecastQuality, long?> figure, string? quantile = null)
    {
        string full = "edgequeue_forecast_" + name;
        if (help is not null)
        {
            MetricLines.Head(text, full, "gauge", help);
        }

        foreach ((string service, ForecastQuality quality) in waits.Services.Select(s => (s.Key, s.Value)))
        {
            if (figure(quality) is not { } value)
            {
                continue;
            }

            if (quantile is null)
            {
                MetricLines.Line(text, full, value, ("service", service));
            }
            else
            {
                MetricLines.Line(text, full, value, ("service", service), ("quantile", quantile));
            }
        }
    }
}
