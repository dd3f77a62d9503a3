using System.Globalization;
using System.Security;
using System.Text;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>
/// A picture of the scenarios as SVG: per service the mean wait, the share of the late and what ninety-five of a hundred waited at most, a bar for each
/// scenario. Written by hand: three panels of bars need no library. It follows the reader's light or dark setting.
/// </summary>
internal static class ScenarioChart
{
    // Of a middle lightness, so that they stand out on white and on near black.
    private static readonly string[] Colours = ["#2f7fc1", "#e07a1f", "#3a9a5b", "#c94f5f", "#8a6fc0", "#9a8a3f", "#3fa0ad", "#7d7d7d"];

    private const string Style = """
        <style>
        svg{--ink:#1b1f24;--soft:#5b6470;--line:#dde1e6;--page:#fff}
        @media (prefers-color-scheme:dark){svg{--ink:#e6e9ee;--soft:#a4adb9;--line:#343c47;--page:#14171c}}
        text{fill:var(--ink)}.soft{fill:var(--soft)}.page{fill:var(--page)}.grid{stroke:var(--line)}.error{stroke:var(--ink);stroke-width:1.2}
        </style>
        """;

    private const int Left = 64;
    private const int Width = 960;
    private const int PanelHeight = 170;
    private const int PanelGap = 66;
    private const double LetterWidth = 7.2;

    public static string Svg(string title, IReadOnlyList<Scenario> scenarios, IReadOnlyList<DayFigures[]> days, IReadOnlyList<string> services)
    {
        var used = Enumerable.Range(0, services.Count).Where(i => ScenarioFigures.Of(days[0], i).Customers > 0).Select(i => (int?)i).Append(null).ToList();
        var figures = scenarios.Select((_, s) => used.Select(service => ScenarioFigures.Of(days[s], service)).ToList()).ToList();
        var names = used.Select(i => i is { } one ? services[one] : "all").ToList();
        var legend = Legend(scenarios);
        var top = 98 + legend[^1].Y;
        var height = top + (3 * (PanelHeight + PanelGap)) + 10;
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="Noto Sans, Helvetica, Arial, sans-serif" font-size="13">""");
        svg.Append(Style).Append('\n');
        Line(svg, $"""<rect class="page" width="{Width}" height="{height}"/>""");
        Line(svg, $"""<text x="{Left}" y="28" font-size="17" font-weight="bold">{Escaped(title)}</text>""");
        for (var s = 0; s < scenarios.Count; s++)
        {
            var (x, y) = legend[s];
            Line(svg, $"""<rect x="{x}" y="{44 + y}" width="12" height="12" fill="{Colours[s % Colours.Length]}"/><text x="{x + 18}" y="{55 + y}">{Escaped(scenarios[s].Name)}</text>""");
        }

        Panel(svg, top, "mean wait, minutes, by service", "min", names, figures, f => f.Mean);
        Panel(svg, top + PanelHeight + PanelGap, "% who waited longer than the target or were not served", "%", names, figures, f => f.Late);
        Panel(svg, top + (2 * (PanelHeight + PanelGap)), "95 of 100 waited less than, minutes", "min", names, figures, f => f.P95);
        Line(svg, $"""<text class="soft" x="{Left}" y="{height - 12}" font-size="12">The line on a bar is its 95 % interval: as far as the figure may be off by chance.</text>""");
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    /// <summary>Where the name of each scenario stands: side by side as long as there is room, long names on a line of their own.</summary>
    private static List<(int X, int Y)> Legend(IReadOnlyList<Scenario> scenarios)
    {
        List<(int X, int Y)> places = [];
        var (x, y) = (Left, 0);
        foreach (var scenario in scenarios)
        {
            var wide = 18 + (int)(scenario.Name.Length * LetterWidth) + 24;
            if (x > Left && x + wide > Width)
            {
                (x, y) = (Left, y + 20);
            }

            places.Add((x, y));
            x += wide;
        }

        return places;
    }

    private static void Panel(
        StringBuilder svg, int top, string title, string unit, List<string> names, List<List<ScenarioFigures>> figures, Func<ScenarioFigures, Estimate> figure)
    {
        var most = Nice(figures.SelectMany(f => f).Where(f => !double.IsNaN(figure(f).Value))
            .Select(f => figure(f).Value + (double.IsNaN(figure(f).Margin) ? 0 : figure(f).Margin)).DefaultIfEmpty().Max());
        var (bottom, group) = (top + PanelHeight, (Width - Left - 16.0) / names.Count);
        var bar = group * 0.8 / figures.Count;
        Line(svg, $"""<text x="{Left}" y="{top - 10}" font-weight="600">{title}</text>""");
        for (var tick = 0; tick <= 4; tick++)
        {
            var y = bottom - (PanelHeight * tick / 4.0);
            Line(svg, $"""<line class="grid" x1="{Left}" x2="{Width - 16}" y1="{y:0.#}" y2="{y:0.#}"/><text class="soft" x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end">{most * tick / 4:0.##} {unit}</text>""");
        }

        for (var g = 0; g < names.Count; g++)
        {
            var x = Left + (g * group) + (group * 0.1);
            for (var s = 0; s < figures.Count; s++, x += bar)
            {
                var estimate = figure(figures[s][g]);
                if (double.IsNaN(estimate.Value))
                {
                    // Endless: people were not served.
                    Line(svg, $"""<text class="soft" x="{x + (bar * 0.46):0.#}" y="{bottom - 4}" text-anchor="middle">–</text>""");
                    continue;
                }

                var size = PanelHeight * estimate.Value / most;
                Line(svg, $"""<rect x="{x:0.#}" y="{bottom - size:0.#}" width="{bar * 0.92:0.#}" height="{size:0.#}" fill="{Colours[s % Colours.Length]}"/>""");
                if (!double.IsNaN(estimate.Margin))
                {
                    var (half, middle) = (PanelHeight * estimate.Margin / most, x + (bar * 0.46));
                    Line(svg, $"""<line class="error" x1="{middle:0.#}" x2="{middle:0.#}" y1="{bottom - size - half:0.#}" y2="{Math.Min(bottom, bottom - size + half):0.#}"/>""");
                }
            }

            Line(svg, $"""<text x="{Left + ((g + 0.5) * group):0.#}" y="{bottom + 18}" text-anchor="middle">{Escaped(names[g])}</text>""");
        }
    }

    private static double Nice(double most)
    {
        if (most <= 0)
        {
            return 1;
        }

        var step = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return ((double[])[1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10]).Select(n => n * step).First(n => n >= most * 0.999);
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
