using System.Globalization;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Cloud.Reports;

/// <summary>A table of a report on a page.</summary>
internal static class TablePiece
{
    /// <param name="only">Headings that are shown; null: all.</param>
    /// <param name="links">Of each row, where its name leads to: two branches may be called alike.</param>
    public static Html Of(ReportTable table, IReadOnlySet<string>? only = null, IReadOnlyList<string>? links = null)
    {
        IReadOnlyList<object?>[] rows = [.. table.Rows];
        if (rows.Length == 0)
        {
            return Html.Of($"<p class=\"quiet\">None in this period.</p>");
        }

        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(i => i == 0 || only is null || only.Contains(table.Columns[i].Words))];
        return Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{table.Title}"><table>
            <thead><tr>{shown.Select(i => Html.Of($"<th scope=\"col\"{Html.When(IsNumber(table.Columns[i].Kind), $" class=\"n\"")}>{table.Columns[i].Words}</th>"))}</tr></thead>
            <tbody>{rows.Select((r, n) => Html.Of($"<tr>{shown.Select(i => Cell(r[i], table.Columns[i].Kind, i == 0 ? links?[n] : null))}</tr>"))}</tbody></table></div>
            """);
    }

    /// <summary>4:05 are minutes and seconds, 1:04:05 begins with hours.</summary>
    public static string Clock(long milliseconds)
    {
        long seconds = milliseconds / 1000;
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}") : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    public static string Share(long thousandths) => string.Create(CultureInfo.InvariantCulture, $"{thousandths / 10}.{thousandths % 10} %");

    private static bool IsNumber(Column kind) => kind is Column.Count or Column.Duration or Column.Share;

    private static Html Cell(object? cell, Column kind, string? link) => cell switch
    {
        null => Html.Of($"<td class=\"n quiet\">–</td>"),
        string text when link is not null => Html.Of($"<td><a href=\"{link}\">{text}</a></td>"),
        string text => Html.Of($"<td>{text}</td>"),
        DateOnly day => Html.Of($"<td>{day:ddd yyyy-MM-dd}</td>"),
        long number => Html.Of($"<td class=\"n\">{(kind switch { Column.Duration => Clock(number), Column.Share => Share(number), _ => number.ToString(CultureInfo.InvariantCulture) })}</td>"),
        _ => Html.Empty,
    };
}
