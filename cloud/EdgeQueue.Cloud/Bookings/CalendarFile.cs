using System.Globalization;
using System.Text;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>One appointment for people's own calendars: iCalendar, RFC 5545.</summary>
/// <param name="Uid">Stays the same when it is moved, so that calendars replace it.</param>
/// <param name="Sequence">Rises with each move (§3.8.7.4).</param>
internal sealed record CalendarEntry(
    string Uid, long Sequence, long StartsAt, long EndsAt, long StampedAt, string Summary, string Location, string Description, string Url, bool Cancelled = false);

/// <summary>Writes it.</summary>
internal static class CalendarFile
{
    /// <summary>§3.1: a line has at most 75 octets, its break not counted.</summary>
    private const int LongestLine = 75;

    public static string Of(CalendarEntry entry)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//EdgeQueue//Bookings//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        Line(text, "BEGIN:VEVENT");
        Line(text, "UID:" + Escaped(entry.Uid));
        Line(text, "SEQUENCE:" + entry.Sequence.ToString(CultureInfo.InvariantCulture));
        Line(text, "DTSTAMP:" + Utc(entry.StampedAt));
        Line(text, "DTSTART:" + Utc(entry.StartsAt));
        Line(text, "DTEND:" + Utc(entry.EndsAt));
        Line(text, "SUMMARY:" + Escaped(entry.Summary));
        if (entry.Location.Length > 0)
        {
            Line(text, "LOCATION:" + Escaped(entry.Location));
        }

        Line(text, "DESCRIPTION:" + Escaped(entry.Description));
        if (entry.Url.Length > 0)
        {
            // A URI is not text: nothing is escaped in it (§3.3.13).
            Line(text, "URL:" + entry.Url);
        }

        Line(text, entry.Cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        Line(text, "END:VEVENT");
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>§3.3.11: a backslash before backslash, semicolon and comma; a line break is <c>\n</c>. Other control characters have no place in text.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char c in text.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\\' or ';' or ',' => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) => escaped,
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>§3.3.5 form 2: it needs no time zone's rules in the file.</summary>
    private static string Utc(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Folds (§3.1): what is longer goes on in a line that begins with a space, never inside a character.</summary>
    private static void Line(StringBuilder text, string line)
    {
        int octets = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
