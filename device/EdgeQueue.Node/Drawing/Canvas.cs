using System.Text;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Node.Drawing;

/// <summary>
/// A strip of paper to draw on: eight bits of grey a dot while drawing, one bit when done. Not thread-safe.
/// </summary>
internal sealed unsafe class Canvas : IDisposable
{
    /// <summary>Darker than this is burnt. Half: strokes keep their width.</summary>
    private const byte Threshold = 128;

    private readonly byte[] grey;
    private readonly CairoSurface surface;
    private readonly CairoContext context;
    private readonly CairoFontOptions options;

    /// <param name="width">Dots, a multiple of 8.</param>
    /// <param name="tallest">Rows; what is drawn below is lost, so ask for enough.</param>
    /// <param name="memory">Pinned, at least width × tallest bytes; reused from one canvas to the next.</param>
    public Canvas(int width, int tallest, byte[] memory)
    {
        Width = width;
        Tallest = tallest;
        grey = memory;
        Array.Clear(grey);
        fixed (byte* data = grey) // pinned for good; fixed only gives the address
        {
            surface = Cairo.CreateSurface(data, Cairo.FormatA8, width, tallest, width);
        }

        context = Cairo.CreateContext(surface);
        options = Cairo.CreateFontOptions();
        Cairo.SetAntialias(options, Cairo.AntialiasGray);
        Cairo.SetHintStyle(options, Cairo.HintStyleNone);
        Cairo.SetHintMetrics(options, Cairo.HintMetricsOff);
        if (Cairo.Status(surface) != 0)
        {
            throw new DrawingUnavailableException($"cairo cannot draw on {width} × {tallest} dots (status {Cairo.Status(surface)}).");
        }
    }

    public int Width { get; }

    public int Tallest { get; }

    /// <summary>Texts of which some letters are in none of the fonts.</summary>
    public List<string> Unreadable { get; } = [];

    /// <summary>Where a text would stand, and its font size after shrinking.</summary>
    /// <param name="Top">Rows from the line's top to the first ink.</param>
    /// <param name="InkHeight">Rows that have ink.</param>
    public readonly record struct Extent(int Width, int Height, int Top, int InkHeight, double Size);

    /// <summary>The extent of one line of text in <paramref name="size"/> dots.</summary>
    public Extent Measure(string text, double size, bool bold)
    {
        using var layout = Layout(text, size, bold);
        return ExtentOf(layout, size);
    }

    /// <summary>
    /// Draws a text into a box and returns its extent. What is too wide is shrunk, at most to
    /// <paramref name="smallest"/>; what is still too wide goes into further lines, at most three, the rest is an ellipsis.
    /// </summary>
    public Extent Text(string text, int x, int y, int width, double size, bool bold, Align align, double smallest, bool white = false)
    {
        var line = Measure(text, size, bold);
        var fitting = line.Width <= width ? size : Math.Max(smallest, Math.Floor(size * width / line.Width));
        using var layout = Layout(text, fitting, bold);
        Pango.SetWidth(layout, width * Pango.Scale);
        Pango.SetAlignment(layout, align switch { Align.Centre => Pango.AlignCentre, Align.End => Pango.AlignRight, _ => Pango.AlignLeft });
        Pango.SetWrap(layout, Pango.WrapWordChar);
        Pango.SetHeight(layout, -3);
        Pango.SetEllipsize(layout, Pango.EllipsizeEnd);
        if (Pango.UnknownGlyphs(layout) > 0 && !Unreadable.Contains(text))
        {
            Unreadable.Add(text);
        }

        Cairo.SetOperator(context, white ? Cairo.OperatorDestOut : Cairo.OperatorOver);
        Cairo.MoveTo(context, x, y);
        Pango.ShowLayout(context, layout);
        return ExtentOf(layout, fitting);
    }

    /// <summary>A black rectangle.</summary>
    public void Bar(int x, int y, int width, int height)
    {
        Cairo.SetOperator(context, Cairo.OperatorOver);
        Cairo.Rectangle(context, x, y, width, height);
        Cairo.Fill(context);
    }

    /// <summary>The uppermost <paramref name="height"/> rows as a printer's picture.</summary>
    public MonochromeBitmap Picture(int height)
    {
        Cairo.Flush(surface);
        height = Math.Min(height, Tallest);
        var rows = new byte[Width / 8 * height];
        for (var at = 0; at < rows.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                if (grey[at * 8 + bit] >= Threshold)
                {
                    rows[at] |= (byte)(0x80 >> bit);
                }
            }
        }

        return new MonochromeBitmap(Width, height, rows);
    }

    public void Dispose()
    {
        options.Dispose();
        context.Dispose();
        surface.Dispose();
    }

    private PangoLayout Layout(string text, double size, bool bold)
    {
        var layout = Pango.CreateLayout(context);
        var fonts = Pango.ContextOf(layout);
        Pango.SetFontOptions(fonts, options);
        Pango.SetResolution(fonts, 96); // absolute sizes do not depend on it; fontconfig's default could
        Pango.ContextChanged(layout);
        using var font = Pango.CreateFont(OwnFonts.Families + (bold ? " Bold" : ""));
        Pango.SetAbsoluteSize(font, size * Pango.Scale);
        Pango.SetFont(layout, font);
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            Pango.SetText(layout, start, bytes.Length);
        }

        return layout;
    }

    private static Extent ExtentOf(PangoLayout layout, double size)
    {
        Pango.GetExtents(layout, out var ink, out var logical);
        return new Extent(logical.Width, logical.Height, ink.Y - logical.Y, ink.Height, size);
    }
}
