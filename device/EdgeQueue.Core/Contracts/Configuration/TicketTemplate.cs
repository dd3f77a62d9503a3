using System.Collections.Immutable;
using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>How a text stands in its line; Start is right in a right-to-left script.</summary>
public enum Align { Start, Centre, End }

/// <summary>What a line of a ticket holds.</summary>
public enum TicketLine { Copy, Branch, Service, Label, Appointment, Ahead, Wait, Time, Qr, Footer, Rule, Gap }

/// <summary>
/// A line of the ticket: "service 44 centre".
/// </summary>
/// <param name="Size">
/// Font size in dots of an 80 mm printer (576 dots wide; other widths are scaled); rows for a gap and a rule; the QR
/// code's side, which only becomes smaller.
/// </param>
public sealed record TicketElement(TicketLine Line, int Size, Align Align)
{
    /// <summary>The element, or a sentence that says what is wrong with the text (exactly one of the two is null).</summary>
    public static (TicketElement? Element, string? Fault) Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 3 || Named<TicketLine>(words[0]) is not { } line)
        {
            return (null, $"\"{text}\" is not a line of a ticket. Write a kind ({Names<TicketLine>()}), then if wanted a size in dots and an alignment.");
        }

        var element = TicketTemplate.Standard(line);
        if (words.Length > 1)
        {
            if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > 400)
            {
                return (null, $"\"{text}\": the size \"{words[1]}\" is not a number from 1 to 400 (dots).");
            }

            element = element with { Size = size };
        }

        if (words.Length > 2)
        {
            if (Named<Align>(words[2]) is not { } align)
            {
                return (null, $"\"{text}\": the alignment \"{words[2]}\" is none of {Names<Align>()}.");
            }

            element = element with { Align = align };
        }

        return (element, null);
    }

    private static T? Named<T>(string name) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
}

/// <summary>The lines of a ticket, top to bottom.</summary>
public sealed record TicketTemplate(ImmutableArray<TicketElement> Elements)
{
    /// <summary>The ticket when nothing is configured.</summary>
    public static TicketTemplate Default { get; } = new([.. new[]
    {
        TicketLine.Copy, TicketLine.Branch, TicketLine.Rule, TicketLine.Service, TicketLine.Label, TicketLine.Rule,
        TicketLine.Appointment, TicketLine.Ahead, TicketLine.Wait, TicketLine.Qr, TicketLine.Time, TicketLine.Footer,
    }.Select(Standard)]);

    /// <summary>The template of a configuration (empty: <see cref="Default"/>), or all its faults as sentences.</summary>
    public static (TicketTemplate? Template, ImmutableArray<string> Faults) Parse(IReadOnlyList<string> lines)
    {
        var parsed = lines.Select(TicketElement.Parse).ToArray();
        var faults = parsed.Select(line => line.Fault).OfType<string>().ToImmutableArray();
        var elements = parsed.Select(line => line.Element).OfType<TicketElement>().ToImmutableArray();
        if (lines.Count > 0 && faults.IsEmpty && !elements.Any(element => element.Line == TicketLine.Label))
        {
            faults = ["The ticket template has no line \"label\": nobody would know their number."];
        }

        return (faults.IsEmpty ? lines.Count == 0 ? Default : new TicketTemplate(elements) : null, faults);
    }

    /// <summary>A line of this kind in its usual size.</summary>
    internal static TicketElement Standard(TicketLine line) => line switch
    {
        TicketLine.Copy => new(line, 40, Align.Centre),
        TicketLine.Branch => new(line, 32, Align.Centre),
        TicketLine.Service => new(line, 44, Align.Centre),
        TicketLine.Label => new(line, 200, Align.Centre),
        TicketLine.Appointment or TicketLine.Ahead or TicketLine.Wait => new(line, 32, Align.Start),
        TicketLine.Time => new(line, 28, Align.Centre),
        TicketLine.Qr => new(line, 260, Align.Centre),
        TicketLine.Footer => new(line, 26, Align.Centre),
        TicketLine.Rule => new(line, 3, Align.Centre),
        _ => new(line, 24, Align.Centre),
    };
}
