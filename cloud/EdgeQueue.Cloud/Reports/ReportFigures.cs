using System.Globalization;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Reports.Figures;

namespace EdgeQueue.Cloud.Reports;

/// <summary>The figures above a report, each with how it was in the other one.</summary>
internal static class ReportFigures
{
    public static Html Of(Report report, Report? other, ReportQuestion question)
    {
        Sums now = report.All;
        Sums? then = other?.All is { IsEmpty: false } some ? some : null;
        return Html.Of($"""
            <div class="figures many">
            {Count(now.Issued, then?.Issued, "came")}
            {Count(now.Served, then?.Served, "served")}
            {Count(now.NoShows, then?.NoShows, "did not come when called")}
            {Count(now.Left, then?.Left, "left")}
            {Share(now.ServiceLevel, then?.ServiceLevel)}
            {Time(now.Waiting.MeanMs, then?.Waiting.MeanMs, "mean wait")}
            {Tenth(now.Waiting, then?.Waiting, "nine of ten waited up to")}
            {Time(now.Walking.MeanMs, then?.Walking.MeanMs, "mean walk to the counter")}
            {Time(now.Serving.MeanMs, then?.Serving.MeanMs, "mean time served")}
            </div>
            {(other is null ? Html.Empty : Html.Of($"<p class=\"quiet small\">{(then is null ? "Nothing to compare with: " : "Small figures: ")}{(question.Against is null ? other.Period.Words : other.Title + ", the same days")}{(then is null ? " has nothing." : ".")}</p>"))}
            """);
    }

    private static Html Count(long now, long? then, string words) => Figure(now.ToString(CultureInfo.InvariantCulture), words, then is { } before
        ? string.Create(CultureInfo.InvariantCulture, $"{before}{(before > 0 ? $", {(now - before) * 100 / before:+0;−0;±0} %" : "")}") : null);

    private static Html Share(long? now, long? then) => Figure(now is { } level ? TablePiece.Share(level) : "–", "within target", then is { } before ? TablePiece.Share(before) : null);

    private static Html Time(long? now, long? then, string words) => Figure(now is { } ms ? TablePiece.Clock(ms) : "–", words, then is { } before ? TablePiece.Clock(before) : null);

    private static Html Tenth(Durations now, Durations? then, string words) => Figure(now.At(90) is { } at ? Words(at) : "–", words, then?.At(90) is { } before ? Words(before) : null);

    private static string Words(Percentile at) => at.HighMs is null ? "over 90:00" : TablePiece.Clock(at.Ms);

    private static Html Figure(string value, string words, string? then) => Html.Of($"""<div class="figure"><b>{value}</b><span>{words}</span>{Html.When(then is not null, $"<small>{then}</small>")}</div>""");
}
