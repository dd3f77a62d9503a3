using System.Collections.Immutable;
using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Printers;
using QRCoder;

namespace EdgeQueue.Node.Drawing;

/// <summary>A ticket ready to print.</summary>
/// <param name="Faults">What could not be drawn as it should (letters without a font, a QR text too long); sentences.</param>
public sealed record DrawnTicket(MonochromeBitmap Picture, ImmutableArray<string> Faults);

/// <summary>
/// Draws tickets with pango and cairo. The same content gives the same dots on every machine with the same library
/// versions. One ticket is drawn at a time, whoever asks: fontconfig and pango keep state for the whole process.
/// </summary>
/// <param name="widthDots">The printer's dots in a row: 384 (58 mm) or 576 (80 mm); any multiple of 8 from 256 to 832.</param>
public sealed class TicketPicture(TicketTemplate template, int widthDots)
{
    private const int DesignedWidth = 576;
    private const int Tallest = 2400; // 30 cm at 8 dots a millimetre
    private const int SmallestModule = 4; // half a millimetre at 8 dots/mm: phones read it from paper that has faded
    private const int Widest = 832;
    private static readonly Lock Drawing = new();
    private static byte[]? paper; // made at the first ticket and kept: a node prints many
    private readonly double scale = (double)widthDots / DesignedWidth;

    private int Margin => Dots(20);

    /// <exception cref="DrawingUnavailableException">Libraries or fonts are missing, or the width is impossible.</exception>
    public DrawnTicket Draw(TicketContent content)
    {
        if (widthDots % 8 != 0 || widthDots is < 256 or > Widest)
        {
            throw new DrawingUnavailableException(string.Create(CultureInfo.InvariantCulture, $"A ticket cannot be {widthDots} dots wide: a multiple of 8 from 256 to 832 is needed. Correct the printer's widthDots."));
        }

        lock (Drawing)
        {
            try
            {
                OwnFonts.Use();
                paper ??= GC.AllocateArray<byte>(Widest * Tallest, pinned: true);
                using var canvas = new Canvas(widthDots, Tallest, paper);
                return Draw(canvas, content);
            }
            catch (DllNotFoundException missing)
            {
                throw new DrawingUnavailableException("cairo or pango is not installed. Install the packages libcairo2 and libpangocairo-1.0-0.", missing);
            }
        }
    }

    private DrawnTicket Draw(Canvas canvas, TicketContent content)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var texts = TicketTexts.For(content.Language);
        var y = Dots(12);
        foreach (var element in template.Elements)
        {
            y += element.Line switch
            {
                TicketLine.Copy when content.IsCopy => CopyMark(canvas, texts.Copy, y, element),
                TicketLine.Branch => Words(canvas, content.BranchName, y, element, bold: false) + Dots(6),
                TicketLine.Service => Words(canvas, content.ServiceName, y, element, bold: true) + Dots(8),
                TicketLine.Label => Label(canvas, content.Label, y, element),
                TicketLine.Appointment when content.Appointment is { } slot => Row(canvas, texts.Appointment, slot, y, element),
                TicketLine.Ahead when content.PeopleAhead is { } ahead =>
                    Row(canvas, texts.PeopleAhead, ahead.ToString(CultureInfo.InvariantCulture), y, element),
                TicketLine.Wait when content.ExpectedMinutes is { } minutes => Row(canvas, texts.ExpectedWait, texts.Wait(minutes), y, element),
                TicketLine.Time => Words(canvas, content.LocalTime, y, element, bold: false),
                TicketLine.Qr when content.Qr is { Length: > 0 } => QrCode(canvas, content.Qr, y, element, faults),
                TicketLine.Footer when content.Footer is { Length: > 0 } => Words(canvas, content.Footer, y, element, bold: false),
                TicketLine.Rule => Rule(canvas, y, element),
                TicketLine.Gap => Dots(element.Size),
                _ => 0,
            };
        }

        foreach (var text in canvas.Unreadable)
        {
            faults.Add($"Some letters of \"{text}\" are in none of the fonts and are printed as boxes.");
        }

        if (y > Tallest)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"The ticket is longer than {Tallest} dots and is cut. Shorten its template."));
        }

        return new DrawnTicket(canvas.Picture(y + Dots(12)), faults.DrainToImmutable());
    }

    private int Words(Canvas canvas, string text, int y, TicketElement element, bool bold)
    {
        var size = element.Size * scale * Script.Enlargement(text);
        return canvas.Text(text, Margin, y, widthDots - 2 * Margin, size, bold, element.Align, smallest: Math.Max(18, size * 0.65)).Height;
    }

    /// <summary>The label as tall as it is written: digits have no descenders, so the line's empty parts are cut.</summary>
    private int Label(Canvas canvas, string text, int y, TicketElement element)
    {
        var width = widthDots - 2 * Margin;
        var wanted = canvas.Measure(text, element.Size * scale, bold: true);
        var size = wanted.Width <= width ? wanted.Size : Math.Floor(wanted.Size * width / wanted.Width);
        var line = canvas.Measure(text, size, bold: true);
        var space = Dots(14);
        canvas.Text(text, Margin, y + space - line.Top, width, size, bold: true, element.Align, smallest: 8);
        return space + line.InkHeight + space;
    }

    /// <summary>"People ahead ……… 7": words at the line's start, the value bold at its end; mirrored in Arabic.</summary>
    private int Row(Canvas canvas, string words, string value, int y, TicketElement element)
    {
        var size = element.Size * scale * Script.Enlargement(words);
        var rightToLeft = Script.IsRightToLeft(words);
        var width = widthDots - 2 * Margin;
        var valueWidth = canvas.Measure(value, size, bold: true).Width + Dots(2);
        var wordsWidth = width - valueWidth - Dots(16);
        // The value may be figures only, which have no direction of their own: it is placed by the words' direction.
        var valueAt = rightToLeft ? Margin : Margin + width - valueWidth;
        var wordsAt = rightToLeft ? Margin + valueWidth + Dots(16) : Margin;
        var height = canvas.Text(words, wordsAt, y, wordsWidth, size, bold: false, Align.Start, smallest: Math.Max(18, size * 0.65)).Height;
        return Math.Max(height, canvas.Text(value, valueAt, y, valueWidth, size, bold: true, Align.Centre, smallest: 8).Height);
    }

    private int CopyMark(Canvas canvas, string text, int y, TicketElement element)
    {
        var size = element.Size * scale;
        var line = canvas.Measure(text, size, bold: true);
        var space = Dots(10);
        canvas.Bar(0, y, widthDots, line.InkHeight + 2 * space);
        canvas.Text(text, Margin, y + space - line.Top, widthDots - 2 * Margin, size, bold: true, element.Align, smallest: 8, white: true);
        return line.InkHeight + 2 * space + Dots(10);
    }

    private int Rule(Canvas canvas, int y, TicketElement element)
    {
        var space = Dots(10);
        var thickness = Math.Max(1, Dots(element.Size));
        canvas.Bar(Margin, y + space, widthDots - 2 * Margin, thickness);
        return space + thickness + space;
    }

    /// <summary>ISO/IEC 18004, error correction M, with the quiet zone of four modules that QRCoder puts around.</summary>
    private int QrCode(Canvas canvas, string text, int y, TicketElement element, ImmutableArray<string>.Builder faults)
    {
        QRCodeData code;
        try
        {
            code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            faults.Add($"The QR text has {text.Length} characters and no QR code holds them. Shorten the ticket's link.");
            return 0;
        }

        using (code)
        {
            var modules = code.ModuleMatrix;
            var module = Math.Max(SmallestModule, Dots(element.Size) / modules.Count);
            var side = modules.Count * module;
            if (side > widthDots)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"The QR code of {text.Length} characters needs {side} dots and the paper has {widthDots}. Shorten the ticket's link."));
                return 0;
            }

            var left = element.Align switch { Align.Start => 0, Align.End => widthDots - side, _ => (widthDots - side) / 2 };
            for (var row = 0; row < modules.Count; row++)
            {
                for (var column = 0; column < modules.Count; column++)
                {
                    if (modules[row][column])
                    {
                        canvas.Bar(left + column * module, y + row * module, module, module);
                    }
                }
            }

            return side;
        }
    }

    private int Dots(int designed) => (int)Math.Round(designed * scale, MidpointRounding.AwayFromZero);
}
