using System.Globalization;
using System.Security;
using System.Text;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>
/// A picture of the scenarios as SVG: per service the mean wait, the share of the late and what ninety-five of a hundred waited at most, a bar for each
/// scenario. Written by hand: three panels of bars need no library.
/// </summary>
internal static class ScenarioChart
{
    private static readonly string[] Colours = ["#1b6ca8", "#e07a1f", "#3a9a5b", "#b13a4a", "#7a5ea8", "#8a7a3a", "#4aa5b0", "#666666"];

    private const int Left = 64;
    private const int Width = 960;
    private const int PanelHeight = 170;
    private const int PanelGap = 62;

    public static string Svg(string title, IReadOnlyList<Scenario> scenarios, IReadOnlyList<DayFigures[]> days, IReadOnlyList<string> services)
    {
        var used = Enumerable.Range(0, services.Count).Where(i => ScenarioFigures.Of(days[0], i).Customers > 0).Select(i => (int?)i).Append(null).ToList();
        var figures = scenarios.Select((_, s) => used.Select(service => ScenarioFigures.Of(days[s], service)).ToList()).ToList();
        var names = used.Select(i => i is { } one ? services[one] : "all").ToList();
        var top = 64 + (20 * ((scenarios.Count + 3) / 4));
        var height = top + (3 * (PanelHeight + PanelGap));
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="Noto Sans, Helvetica, Arial, sans-serif" font-size="13">""");
        Line(svg, $"""<rect width="{Width}" height="{height}" fill="white"/>""");
        Line(svg, $"""<text x="{Left}" y="28" font-size="17" font-weight="bold">{Escaped(title)}</text>""");
        for (var s = 0; s < scenarios.Count; s++)
        {
            var (x, y) = (Left + (s % 4 * 220), 44 + (20 * (s / 4)));
            Line(svg, $"""<rect x="{x}" y="{y}" width="12" height="12" fill="{Colours[s % Colours.Length]}"/><text x="{x + 18}" y="{y + 11}">{Escaped(scenarios[s].Name)}</text>""");
        }

        Panel(svg, top, "mean wait, minutes", names, figures, f => f.Mean);
        Panel(svg, top + PanelHeight + PanelGap, "later than the target, %", names, figures, f => f.Late);
        Panel(svg, top + (2 * (PanelHeight + PanelGap)), "95 of 100 waited less than, minutes", names, figures, f => f.P95);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void Panel(
        StringBuilder svg, int top, string title, List<string> names, List<List<ScenarioFigures>> figures, Func<ScenarioFigures, Estimate> figure)
    {
        var most = Nice(figures.SelectMany(f => f).Max(f => figure(f).Value + (double.IsNaN(figure(f).Margin) ? 0 : figure(f).Margin)));
        var (bottom, group) = (top + PanelHeight, (Width - Left - 16.0) / names.Count);
        var bar = group * 0.8 / figures.Count;
        Line(svg, $"""<text x="{Left}" y="{top - 8}" fill="#333">{title}</text>""");
        for (var tick = 0; tick <= 4; tick++)
        {
            var y = bottom - (PanelHeight * tick / 4.0);
            Line(svg, $"""<line x1="{Left}" x2="{Width - 16}" y1="{y:0.#}" y2="{y:0.#}" stroke="#ddd"/><text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end" fill="#555">{most * tick / 4:0.##}</text>""");
        }

        for (var g = 0; g < names.Count; g++)
        {
            var x = Left + (g * group) + (group * 0.1);
            for (var s = 0; s < figures.Count; s++, x += bar)
            {
                var estimate = figure(figures[s][g]);
                var size = PanelHeight * estimate.Value / most;
                Line(svg, $"""<rect x="{x:0.#}" y="{bottom - size:0.#}" width="{bar * 0.92:0.#}" height="{size:0.#}" fill="{Colours[s % Colours.Length]}"/>""");
                if (!double.IsNaN(estimate.Margin))
                {
                    var (half, middle) = (PanelHeight * estimate.Margin / most, x + (bar * 0.46));
                    Line(svg, $"""<line x1="{middle:0.#}" x2="{middle:0.#}" y1="{bottom - size - half:0.#}" y2="{Math.Min(bottom, bottom - size + half):0.#}" stroke="#222"/>""");
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
        return ((double[])[1, 2, 4, 6, 8, 10]).Select(n => n * step).First(n => n >= most * 0.999);
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
