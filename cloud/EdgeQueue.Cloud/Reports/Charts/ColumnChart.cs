using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Reports.Charts;

/// <param name="Words">Below it; '': none, where there are too many.</param>
/// <param name="Says">The whole sentence, shown when somebody points at it.</param>
internal readonly record struct Bar(string Words, long Value, string Says);

/// <summary>Columns over a labelled axis, as SVG without script and style: its colours are classes of the style sheet.</summary>
internal static class ColumnChart
{
    private const double Width = 640;
    private const double Height = 224;
    private const double Left = 44;
    private const double Right = 8;
    private const double Top = 36;
    private const double Bottom = 34;

    /// <param name="alternative">What it shows, in a sentence, for who does not see it.</param>
    /// <param name="unit">Of the upright axis.</param>
    public static Html Of(string alternative, string unit, IReadOnlyList<Bar> bars)
    {
        Axis axis = Axis.For(bars.Count == 0 ? 0 : bars.Max(b => b.Value));
        double step = (Width - Left - Right) / Math.Max(1, bars.Count);
        double bar = Math.Min(44, step * 0.72);
        double Y(long value) => Height - Bottom - ((Height - Top - Bottom) * value / axis.Top);
        bool roomy = step >= 30;
        return Html.Of($"""
            <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{alternative}">
            {Grid(axis, unit, Y)}
            {bars.Select((b, i) => Html.Of($"""
                <g><title>{b.Says}</title><rect class="hit" x="{Left + (i * step):0.#}" y="{Top}" width="{step:0.#}" height="{Height - Top - Bottom}"/>{Html.When(b.Value > 0, $"""<path class="bar" d="{Rounded(Left + (i * step) + ((step - bar) / 2), Y(b.Value), bar, Height - Bottom)}"/>""")}
                {Html.When(roomy && b.Value > 0, $"""<text class="value" x="{Left + ((i + 0.5) * step):0.#}" y="{Y(b.Value) - 4:0.#}" text-anchor="middle">{b.Value}</text>""")}
                {Html.When(b.Words.Length > 0, $"""<text x="{Left + ((i + 0.5) * step):0.#}" y="{Height - Bottom + 16}" text-anchor="middle">{b.Words}</text>""")}</g>
                """))}
            </svg>
            """);
    }

    /// <summary>Lines and numbers of the upright axis; the chart's unit stands above it.</summary>
    internal static Html Grid(Axis axis, string unit, Func<long, double> y) => Html.Of($"""
        <text class="unit" x="0" y="11">{unit}</text>
        {Enumerable.Range(0, axis.Steps + 1).Select(i => Html.Of($"""
            <line class="{(i == 0 ? "base" : "rule")}" x1="{Left}" x2="{Width - Right}" y1="{y(i * axis.Step):0.#}" y2="{y(i * axis.Step):0.#}"/><text x="{Left - 8}" y="{y(i * axis.Step) + 4:0.#}" text-anchor="end">{i * axis.Step}</text>
            """))}
        """);

    /// <summary>Two upper corners are round.</summary>
    private static string Rounded(double x, double y, double width, double bottom)
    {
        double r = Math.Min(3, Math.Min(width / 2, bottom - y));
        return FormattableString.Invariant($"M{x:0.#} {bottom:0.#}V{y + r:0.#}q0 {-r:0.#} {r:0.#} {-r:0.#}h{width - (2 * r):0.#}q{r:0.#} 0 {r:0.#} {r:0.#}V{bottom:0.#}z");
    }
}
