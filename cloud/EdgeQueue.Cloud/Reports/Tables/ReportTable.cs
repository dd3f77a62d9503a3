namespace EdgeQueue.Cloud.Reports.Tables;

/// <summary>What a column holds; how it is written is each form's own.</summary>
internal enum Column
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>Milliseconds.</summary>
    Duration,

    /// <summary>Thousandths.</summary>
    Share,

    /// <summary>A <see cref="DateOnly"/>.</summary>
    Date,
}

internal readonly record struct Heading(string Words, Column Kind);

/// <summary>A table of a report, for the page, the CSV and the XLSX alike. A cell is a string, a long, a DateOnly, or null: nothing to say.</summary>
/// <param name="Id">In addresses.</param>
internal sealed record ReportTable(string Id, string Title, IReadOnlyList<Heading> Columns, IEnumerable<IReadOnlyList<object?>> Rows);
