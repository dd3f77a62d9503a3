using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Drawing;

/// <summary>The functions of pango 1.50 that are used (pango-layout.h, pangocairo.h).</summary>
internal static unsafe partial class Pango
{
    private const string Library = "libpango-1.0.so.0";
    private const string WithCairo = "libpangocairo-1.0.so.0";

    /// <summary>Pango's units in a dot.</summary>
    public const int Scale = 1024;

    public const int AlignLeft = 0;
    public const int AlignCentre = 1;
    public const int AlignRight = 2;
    public const int WrapWordChar = 2;
    public const int EllipsizeEnd = 3;

    [StructLayout(LayoutKind.Sequential)]
    public struct Rectangle
    {
        public int X, Y, Width, Height;
    }

    [LibraryImport(WithCairo, EntryPoint = "pango_cairo_create_layout")]
    public static partial PangoLayout CreateLayout(CairoContext context);

    [LibraryImport(WithCairo, EntryPoint = "pango_cairo_show_layout")]
    public static partial void ShowLayout(CairoContext context, PangoLayout layout);

    /// <summary>The context belongs to the layout and is not to be released.</summary>
    [LibraryImport(Library, EntryPoint = "pango_layout_get_context")]
    public static partial nint ContextOf(PangoLayout layout);

    [LibraryImport(WithCairo, EntryPoint = "pango_cairo_context_set_font_options")]
    public static partial void SetFontOptions(nint context, CairoFontOptions options);

    [LibraryImport(WithCairo, EntryPoint = "pango_cairo_context_set_resolution")]
    public static partial void SetResolution(nint context, double dotsPerInch);

    [LibraryImport(Library, EntryPoint = "pango_layout_context_changed")]
    public static partial void ContextChanged(PangoLayout layout);

    [LibraryImport(Library, EntryPoint = "pango_font_description_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial PangoFont CreateFont(string description);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_absolute_size")]
    public static partial void SetAbsoluteSize(PangoFont font, double size);

    [LibraryImport(Library, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFont(nint font);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(PangoLayout layout, PangoFont font);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_text")]
    public static partial void SetText(PangoLayout layout, byte* text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(PangoLayout layout, int width);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_height")]
    public static partial void SetHeight(PangoLayout layout, int height);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(PangoLayout layout, int wrap);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_ellipsize")]
    public static partial void SetEllipsize(PangoLayout layout, int ellipsize);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_alignment")]
    public static partial void SetAlignment(PangoLayout layout, int alignment);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_pixel_extents")]
    public static partial void GetExtents(PangoLayout layout, out Rectangle ink, out Rectangle logical);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_unknown_glyphs_count")]
    public static partial int UnknownGlyphs(PangoLayout layout);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_object_unref")]
    public static partial void Unreference(nint gObject);
}

internal sealed class PangoLayout() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Pango.Unreference(handle);
        return true;
    }
}

internal sealed class PangoFont() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Pango.FreeFont(handle);
        return true;
    }
}
