using System.Globalization;
using System.Text;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Reports.Charts;

/// <param name="Place">Which of the line classes of the style sheet, 1 or 2: they differ in colour and in dash.</param>
/// <param name="Values">Null: nothing is known there, and the line has a gap.</param>
internal sealed record Line(int Place, string Words, IReadOnlyList<double?> Values);

/// <summary>Lines over the hours of a day, as SVG without script and style.</summary>
internal static class LineChart
{
    private const double Width = 640;
    private const double Height = 210;
    private const double Left = 44;
    private const double Right = 14;
    private const double Top = 26;
    private const double Bottom = 34;

    /// <param name="words">Along the bottom, as many as there are values; '' where there is none.</param>
    public static Html Of(string alternative, string unit, IReadOnlyList<string> words, IReadOnlyList<Line> lines)
    {
        Axis axis = Axis.For((long)Math.Ceiling(lines.SelectMany(l => l.Values).Max() ?? 0));
        double step = (Width - Left - Right) / Math.Max(1, words.Count - 1);
        double X(int i) => Left + (i * step);
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / axis.Top);
        return Html.Of($"""
            <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{alternative}">
            {ColumnChart.Grid(axis, unit, value => Y(value))}
            {words.Select((w, i) => Html.When(w.Length > 0, $"""<text x="{X(i):0.#}" y="{Height - Bottom + 16}" text-anchor="middle">{w}</text>"""))}
            {lines.Select(l => Html.Of($"""<path class="line{l.Place}" d="{Path(l.Values, X, Y)}"/>"""))}
            {(lines.Count > 1 ? Html.All(lines.Select((l, i) => Html.Of($"""<path class="line{l.Place}" d="M{Width - 210 + (i * 105)} 8h22"/><text x="{Width - 182 + (i * 105)}" y="12">{l.Words}</text>"""))) : Html.Empty)}
            </svg>
            """);
    }

    private static string Path(IReadOnlyList<double?> values, Func<int, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        bool draws = false;
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                // A point that stands alone is a dot: the line's end is round.
                path.Append(CultureInfo.InvariantCulture, $"{(draws ? 'L' : 'M')}{x(i):0.#} {y(value):0.#}{(draws ? "" : "h0")}");
            }

            draws = values[i] is not null;
        }

        return path.ToString();
    }
}
