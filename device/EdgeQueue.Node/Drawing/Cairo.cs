using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Drawing;

/// <summary>The functions of libcairo 1.16 that are used (cairo.h).</summary>
internal static unsafe partial class Cairo
{
    private const string Library = "libcairo.so.2";

    public const int FormatA8 = 2;
    public const int OperatorOver = 2;

    /// <summary>Takes away what is under the shape: white on black.</summary>
    public const int OperatorDestOut = 9;

    public const int AntialiasGray = 2;

    /// <summary>No hinting: the same outlines whatever the FreeType version's hinter.</summary>
    public const int HintStyleNone = 1;

    public const int HintMetricsOff = 1;

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_create_for_data")]
    public static partial CairoSurface CreateSurface(byte* data, int format, int width, int height, int stride);

    [LibraryImport(Library, EntryPoint = "cairo_surface_status")]
    public static partial int Status(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_flush")]
    public static partial void Flush(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_destroy")]
    public static partial void DestroySurface(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_create")]
    public static partial CairoContext CreateContext(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_destroy")]
    public static partial void DestroyContext(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_set_operator")]
    public static partial void SetOperator(CairoContext context, int mode);

    [LibraryImport(Library, EntryPoint = "cairo_rectangle")]
    public static partial void Rectangle(CairoContext context, double x, double y, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_fill")]
    public static partial void Fill(CairoContext context);

    [LibraryImport(Library, EntryPoint = "cairo_move_to")]
    public static partial void MoveTo(CairoContext context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_create")]
    public static partial CairoFontOptions CreateFontOptions();

    [LibraryImport(Library, EntryPoint = "cairo_font_options_destroy")]
    public static partial void DestroyFontOptions(nint options);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_antialias")]
    public static partial void SetAntialias(CairoFontOptions options, int antialias);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_style")]
    public static partial void SetHintStyle(CairoFontOptions options, int style);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_metrics")]
    public static partial void SetHintMetrics(CairoFontOptions options, int metrics);
}

internal sealed class CairoSurface() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.DestroySurface(handle);
        return true;
    }
}

internal sealed class CairoContext() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.DestroyContext(handle);
        return true;
    }
}

internal sealed class CairoFontOptions() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.DestroyFontOptions(handle);
        return true;
    }
}
