using System.Globalization;
using System.Text;

namespace EdgeQueue.Benchmarks.Core;

/// <summary>What one call costs over how many wait, as SVG: waiting on a logarithmic axis, so that O(log n) is a straight line.</summary>
internal static class CallNextPlot
{
    private const int Width = 720;
    private const int Height = 380;
    private const int Left = 70;
    private const int Right = 190;
    private const int Top = 56;
    private const int Bottom = 54;

    private static readonly string[] Colours = ["#666666", "#1b6ca8", "#e07a1f"];

    public static string Svg(string title, IReadOnlyList<CallNextFigures> figures)
    {
        var most = Nice(figures.Max(f => f.Both));
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="Noto Sans, Helvetica, Arial, sans-serif" font-size="13">""");
        Line(svg, $"""<rect width="{Width}" height="{Height}" fill="white"/><text x="{Left}" y="26" font-size="16" font-weight="bold">{title}</text>""");
        Line(svg, $"""<text x="{Left}" y="{Top - 10}" fill="#333">microseconds a call</text>""");
        for (var tick = 0; tick <= 4; tick++)
        {
            var y = Y(most * tick / 4, most);
            Line(svg, $"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.#}" y2="{y:0.#}" stroke="#ddd"/><text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end" fill="#555">{most * tick / 4000:0.##}</text>""");
        }

        foreach (var waiting in figures.Select(f => f.Waiting).Distinct())
        {
            Line(svg, $"""<text x="{X(waiting):0.#}" y="{Height - Bottom + 20}" text-anchor="middle" fill="#555">{waiting.ToString("#,##0", CultureInfo.InvariantCulture)}</text>""");
        }

        Line(svg, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 12}" text-anchor="middle" fill="#333">waiting</text>""");
        var name = 0;
        foreach (var pairing in figures.GroupBy(f => f.Pairing))
        {
            var dash = pairing.Key == Pairing.Every ? "" : " stroke-dasharray=\"6 4\"";
            var streams = pairing.Key == Pairing.Every ? "1,000 streams" : "100 streams";
            Curve(svg, [.. pairing], f => f.Both, Colours[2], dash, most, $"decided and applied, {streams}", ref name);
            Curve(svg, [.. pairing], f => f.Decide, Colours[1], dash, most, $"decided and explained, {streams}", ref name);
        }

        Curve(svg, [.. figures.Where(f => f.Pairing == Pairing.Every)], f => f.Heap, Colours[0], "", most, "a heap's pop + push", ref name);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void Curve(
        StringBuilder svg, IReadOnlyList<CallNextFigures> figures, Func<CallNextFigures, double> of, string colour, string dash, double most, string what, ref int name)
    {
        var points = string.Join(' ', figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{X(f.Waiting):0.#},{Y(of(f), most):0.#}")));
        Line(svg, $"""<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>""");
        var y = Top + 8 + (name++ * 34);
        Line(svg, $"""<line x1="{Width - Right + 12}" x2="{Width - Right + 40}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"{dash}/>""");
        var words = what.Split(", ");
        Line(svg, $"""<text x="{Width - Right + 46}" y="{y + 4}">{words[0]}</text>""");
        if (words.Length > 1)
        {
            Line(svg, $"""<text x="{Width - Right + 46}" y="{y + 19}" fill="#555">{words[1]}</text>""");
        }
    }

    private static double X(int waiting) => Left + 20 + ((Math.Log10(waiting) - 2) / 3 * (Width - Left - Right - 40));

    private static double Y(double nanoseconds, double most) => Height - Bottom - (nanoseconds / most * (Height - Top - Bottom));

    private static double Nice(double most)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return Math.Ceiling(most / unit) * unit;
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
