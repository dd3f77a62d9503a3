using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Reports.Charts;

/// <summary>Rows of squares in one colour, the more the stronger, each with its number: as SVG without script and style.</summary>
internal static class HeatMap
{
    private const double Width = 960;
    private const double Left = 44;
    private const double RowHeight = 30;
    private const double Top = 20;

    /// <summary>Strengths of the colour, besides nothing: classes h1 … h6 of the style sheet.</summary>
    private const int Levels = 6;

    /// <param name="values">By row and column; null: there was no such hour.</param>
    /// <param name="says">The whole sentence of a square.</param>
    public static Html Of(string alternative, IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<int, int, long?> values, Func<int, int, string> says)
    {
        long most = Math.Max(1, Enumerable.Range(0, rows.Count).SelectMany(r => Enumerable.Range(0, columns.Count).Select(c => values(r, c) ?? 0)).Max());
        double step = (Width - Left) / columns.Count;
        return Html.Of($"""
            <svg class="chart heat" viewBox="0 0 {Width} {Top + (rows.Count * RowHeight)}" role="img" aria-label="{alternative}">
            {columns.Select((c, i) => Html.Of($"""<text x="{Left + ((i + 0.5) * step):0.#}" y="12" text-anchor="middle">{c}</text>"""))}
            {rows.Select((row, r) => Html.Of($"""
                <text x="0" y="{Top + ((r + 0.5) * RowHeight) + 4:0.#}">{row}</text>
                {Enumerable.Range(0, columns.Count).Select(c => Cell(values(r, c), most, Left + (c * step), Top + (r * RowHeight), step, says(r, c)))}
                """))}
            </svg>
            """);
    }

    private static Html Cell(long? value, long most, double x, double y, double width, string says)
    {
        long level = value is > 0 ? Math.Clamp(((value.Value * Levels) + most - 1) / most, 1, Levels) : 0;
        return Html.Of($"""
            <g class="h{level}"><title>{says}</title><rect x="{x + 1:0.#}" y="{y + 1:0.#}" width="{width - 2:0.#}" height="{RowHeight - 2}" rx="4"/>{Html.When(value is > 0, $"""<text x="{x + (width / 2):0.#}" y="{y + (RowHeight / 2) + 4:0.#}" text-anchor="middle">{value}</text>""")}</g>
            """);
    }
}
