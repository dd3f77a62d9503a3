using System.Diagnostics;
using System.Text;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Reports.Export;
using EdgeQueue.Cloud.Reports.Tables;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>CSV and XLSX as other programs read them.</summary>
public sealed class ExportTests
{
    private static readonly ReportTable Table = new(
        "services", "Services: all/most", [new("Service", Column.Text), new("Day", Column.Date), new("Came", Column.Count), new("Wait mean", Column.Duration), new("Within target", Column.Share)],
        [["Pass, \"ID\"\r\nog øl ج 🎫", new DateOnly(2026, 3, 1), 1_234L, 245_999L, 875L], ["=HYPERLINK(\"http://evil\")", new DateOnly(2028, 2, 29), 0L, null, null]]);

    [Fact]
    public async Task Csv_is_rfc_4180_in_utf8_and_no_cell_of_it_is_a_formula()
    {
        using var stream = new MemoryStream();
        await CsvText.WriteAsync(stream, Table, TestContext.Current.CancellationToken);

        Assert.Equal(
            "\uFEFFService,Day,Came,Wait mean (s),Within target (%)\r\n\"Pass, \"\"ID\"\"\r\nog øl ج 🎫\",2026-03-01,1234,245,87.5\r\n\"'=HYPERLINK(\"\"http://evil\"\")\",2028-02-29,0,,\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void On_a_page_each_of_two_branches_that_are_called_alike_leads_to_itself_and_an_empty_table_says_so()
    {
        var branches = new ReportTable("branches", "Branches", [new("Branch", Column.Text), new("Came", Column.Count)], [["City centre", 1L], ["City centre", 2L]]);

        string page = TablePiece.Of(branches, null, ["/reports?where=branch:oslo", "/reports?where=branch:bergen"]).ToString();

        Assert.Contains("<td><a href=\"/reports?where=branch:oslo\">City centre</a></td><td class=\"n\">1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td><a href=\"/reports?where=branch:bergen\">City centre</a></td><td class=\"n\">2</td>", page, StringComparison.Ordinal);
        Assert.Equal("<p class=\"quiet\">None in this period.</p>", TablePiece.Of(branches with { Rows = [] }).ToString());
    }

    [Theory]
    [InlineData("+47", "'+47")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void A_text_that_begins_like_a_formula_is_made_text(string text, string harmless) => Assert.Equal(harmless, CsvText.Harmless(text));

    /// <summary>Read by openpyxl, which knows nothing of us.</summary>
    [Fact]
    public async Task A_workbook_is_read_by_another_program_with_its_types_and_formats()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "report.xlsx");
        await using (FileStream stream = File.Create(file))
        {
            XlsxBook.Write(stream, [Table, new("empty", "Empty", [new("Nothing", Column.Text)], [])]);
        }

        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c",
            """
            import openpyxl, sys
            book = openpyxl.load_workbook(sys.argv[1])
            print(book.sheetnames)
            sheet = book.worksheets[0]
            for row in sheet.iter_rows():
                print([(type(c.value).__name__, c.value.isoformat() if hasattr(c.value, 'isoformat') else str(c.value) if c.data_type == 'd' else c.value, c.number_format) for c in row])
            print(sheet.freeze_panes, sheet['A1'].font.b, book.worksheets[1].max_row)
            """, file])
        { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, Environment = { ["PYTHONIOENCODING"] = "utf-8" } })!;
        string read = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string fault = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(python.ExitCode == 0, fault);
        string[] lines = read.Split('\n');
        Assert.Equal("['Services allmost', 'Empty']", lines[0]);
        Assert.Equal("[('str', 'Service', 'General'), ('str', 'Day', 'General'), ('str', 'Came', 'General'), ('str', 'Wait mean', 'General'), ('str', 'Within target', 'General')]", lines[1]);
        Assert.Contains("og øl ج 🎫", lines[2], StringComparison.Ordinal);
        Assert.Contains("('datetime', '2026-03-01T00:00:00', 'yyyy\\\\-mm\\\\-dd'), ('int', 1234, '#,##0')", lines[2], StringComparison.Ordinal);
        Assert.Contains("'[h]:mm:ss'), ('float', 0.875, '0.00%')]", lines[2], StringComparison.Ordinal);
        Assert.Contains("('str', '=HYPERLINK(\"http://evil\")', 'General'), ('datetime', '2028-02-29T00:00:00'", lines[3], StringComparison.Ordinal);
        Assert.Equal("A2 True 1", lines[4]);
    }
}
