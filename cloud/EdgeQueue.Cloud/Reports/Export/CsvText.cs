using System.Globalization;
using System.Text;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Cloud.Reports.Export;

/// <summary>
/// CSV by RFC 4180: UTF-8 with its mark (spreadsheets ask for it), comma, CRLF, quotes doubled. Durations are in whole seconds, shares in percent with one decimal,
/// days as 2026-11-22: what programs read. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP: CSV injection).
/// </summary>
internal static class CsvText
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Row by row: what it needs is one row's memory.</summary>
    public static async Task WriteAsync(Stream to, ReportTable table, CancellationToken cancellation)
    {
        await to.WriteAsync(Mark, cancellation);
        var line = new StringBuilder();
        Line(line, table.Columns.Select(c => c.Kind == Column.Duration ? c.Words + " (s)" : c.Kind == Column.Share ? c.Words + " (%)" : c.Words));
        await to.WriteAsync(Encoding.UTF8.GetBytes(line.ToString()), cancellation);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            line.Clear();
            Line(line, row.Select((cell, i) => Text(cell, table.Columns[i].Kind)));
            await to.WriteAsync(Encoding.UTF8.GetBytes(line.ToString()), cancellation);
        }
    }

    private static string Text(object? cell, Column kind) => cell switch
    {
        null => "",
        string text => Harmless(text),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        long number when kind == Column.Duration => (number / 1000).ToString(CultureInfo.InvariantCulture),
        long number when kind == Column.Share => string.Create(CultureInfo.InvariantCulture, $"{number / 10}.{number % 10}"),
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{cell.GetType()} is no cell."),
    };

    internal static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;

    private static void Line(StringBuilder to, IEnumerable<string> fields)
    {
        bool first = true;
        foreach (string field in fields)
        {
            to.Append(first ? "" : ",");
            first = false;
            if (field.AsSpan().IndexOfAny(",\"\r\n") >= 0)
            {
                to.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                to.Append(field);
            }
        }

        to.Append("\r\n");
    }
}
