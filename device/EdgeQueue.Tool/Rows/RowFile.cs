namespace EdgeQueue.Tool.Rows;

/// <summary>
/// Reads a small table that a person can write: UTF-8, a header line, then a line per row, columns divided by commas and
/// nothing quoted. Lines that are empty or begin with <c>#</c> are passed over.
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
                if (line != header)
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

            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            var fault = $"{columns} columns are wanted, here are {cells.Length}";
            if (cells.Length == columns && read(cells, number, out fault) is { } row)
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
}
