namespace EdgeQueue.Tool.Rows;

/// <summary>
/// Reads a small table that a person can write: UTF-8, a header line, then a line per row, columns divided by commas. A
/// cell may stand in quotes, as spreadsheets write it, a quote within it doubled (RFC 4180, but for line ends within a cell). Lines that are
/// empty or begin with <c>#</c> are passed over.
/// </summary>
internal static class RowFile
{
    /// <summary>More faults than these help nobody.</summary>
    public const int MostFaults = 20;

    /// <summary>One row from its cells, without the blanks around them; null and a sentence when it is none.</summary>
    /// <param name="cells">As many as the header has.</param>
    public delegate TRow? Reading<TRow>(string[] cells, int line, out string fault)
        where TRow : class;

    /// <param name="most">Bound of the rows; one more is a fault.</param>
    /// <param name="rows">What the rows are, in words, as <c>customers</c>.</param>
    /// <returns>All rows in their order; or all that is wrong, each with its line, <see cref="MostFaults"/> at most, and how many more.</returns>
    public static (List<TRow> Rows, List<string> Faults) Read<TRow>(
        TextReader text, string header, int most, string rows, Reading<TRow> read)
        where TRow : class
    {
        var (found, faults) = (new List<TRow>(), new List<string>());
        var columns = header.Split(',').Length;
        var headed = false;
        var more = 0;
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            line = line.TrimStart('\uFEFF').Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!headed)
            {
                headed = true;
                if (Cells(line) is not { } titles || string.Join(',', titles) != header)
                {
                    faults.Add($"line {number}: the header must be {header}");
                    break;
                }

                continue;
            }

            if (found.Count == most)
            {
                faults.Add($"line {number}: there are more than {most} {rows}");
                break;
            }

            var cells = Cells(line);
            var fault = cells is null ? "a quote is not closed, or stands in the middle of a cell" : $"{columns} columns are wanted, here are {cells.Length}";
            if (cells?.Length == columns && read(cells, number, out fault) is { } row)
            {
                found.Add(row);
            }
            else if (faults.Count < MostFaults)
            {
                faults.Add($"line {number}: {fault}");
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            faults.Add($"and {more} more lines like these");
        }

        if (!headed)
        {
            faults.Add($"line 1: the header is missing: {header}");
        }

        return (found, faults);
    }

    /// <returns>Null: the quotes make no sense.</returns>
    private static string[]? Cells(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(',', StringSplitOptions.TrimEntries);
        }

        List<string> cells = [];
        for (var at = 0; ; at++)
        {
            at += line[at..].TakeWhile(c => c == ' ').Count();
            if (at < line.Length && line[at] == '"')
            {
                var end = Closing(line, at + 1);
                if (end < 0)
                {
                    return null;
                }

                cells.Add(line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal).Trim());
                at = end + 1 + line[(end + 1)..].TakeWhile(c => c == ' ').Count();
                if (at < line.Length && line[at] != ',')
                {
                    return null;
                }
            }
            else
            {
                var end = line.IndexOf(',', at) is >= 0 and var comma ? comma : line.Length;
                if (line[at..end].Contains('"', StringComparison.Ordinal))
                {
                    return null;
                }

                cells.Add(line[at..end].Trim());
                at = end;
            }

            if (at >= line.Length)
            {
                return [.. cells];
            }
        }
    }

    private static int Closing(string line, int from)
    {
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] == '"' && (at + 1 == line.Length || line[at + 1] != '"'))
            {
                return at;
            }

            at += line[at] == '"' ? 1 : 0;
        }

        return -1;
    }
}
