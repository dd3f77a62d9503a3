using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Cloud.Reports.Export;

/// <summary>
/// A workbook by ECMA-376 part 1 (SpreadsheetML) in an Open Packaging zip: a sheet a table, with typed cells and number formats, the heading bold and frozen. Text is
/// in the cells themselves (inlineStr), so that it is written row by row; it is text, so no formula can come of it.
/// </summary>
internal static class XlsxBook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Package = "http://schemas.openxmlformats.org/package/2006/";

    /// <summary>ECMA-376 part 1, 18.3.1.73: rows of a sheet.</summary>
    private const int MostRows = 1_048_576;

    /// <summary>Of one cell.</summary>
    private const int LongestText = 32_767;

    // Places in cellXfs below.
    private const int Bold = 1;
    private const int Whole = 2;
    private const int Time = 3;
    private const int Percent = 4;
    private const int Day = 5;

    private const string Styles =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    /// <param name="to">Need not be able to seek.</param>
    public static void Write(Stream to, IReadOnlyList<ReportTable> tables)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Part(zip, "[Content_Types].xml", xml =>
        {
            xml.WriteStartElement("Types", Package + "content-types");
            Element(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
            Element(xml, "Default", ("Extension", "xml"), ("ContentType", "application/xml"));
            Element(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", MediaType + ".main+xml"));
            Element(xml, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"));
            for (int i = 1; i <= tables.Count; i++)
            {
                Element(xml, "Override", ("PartName", $"/xl/worksheets/sheet{Number(i)}.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
            }
        });
        Part(zip, "_rels/.rels", xml => Relations(xml, ("officeDocument", "xl/workbook.xml")));
        Part(zip, "xl/_rels/workbook.xml.rels", xml => Relations(xml, [.. tables.Select((_, i) => ("worksheet", $"worksheets/sheet{Number(i + 1)}.xml")), ("styles", "styles.xml")]));
        Part(zip, "xl/workbook.xml", xml =>
        {
            xml.WriteStartElement("workbook", Main);
            xml.WriteStartElement("sheets");
            for (int i = 0; i < tables.Count; i++)
            {
                xml.WriteStartElement("sheet");
                xml.WriteAttributeString("name", SheetName(tables[i].Title));
                xml.WriteAttributeString("sheetId", Number(i + 1));
                xml.WriteAttributeString("id", Relationship, $"rId{Number(i + 1)}");
                xml.WriteEndElement();
            }
        });
        using (var styles = new StreamWriter(zip.CreateEntry("xl/styles.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false)))
        {
            styles.Write(Styles);
        }

        for (int i = 0; i < tables.Count; i++)
        {
            ReportTable table = tables[i];
            Part(zip, $"xl/worksheets/sheet{Number(i + 1)}.xml", xml => Sheet(xml, table));
        }
    }

    private static void Sheet(XmlWriter xml, ReportTable table)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("cols");
        Element(xml, "col", ("min", "1"), ("max", "1"), ("width", "26"), ("customWidth", "1"));
        if (table.Columns.Count > 1)
        {
            Element(xml, "col", ("min", "2"), ("max", Number(table.Columns.Count)), ("width", "14"), ("customWidth", "1"));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        xml.WriteStartElement("row");
        foreach (Heading heading in table.Columns)
        {
            Words(xml, heading.Words, Bold);
        }

        xml.WriteEndElement();
        int rows = 1;
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            if (++rows > MostRows)
            {
                throw new InvalidOperationException($"The sheet '{table.Title}' would have more rows than a sheet can have.");
            }

            xml.WriteStartElement("row");
            for (int i = 0; i < row.Count; i++)
            {
                Cell(xml, row[i], table.Columns[i].Kind);
            }

            xml.WriteEndElement();
        }
    }

    private static void Cell(XmlWriter xml, object? cell, Column kind)
    {
        switch (cell)
        {
            case null:
                Element(xml, "c");
                break;
            case string text:
                Words(xml, text, 0);
                break;
            // 18.17.4.1: days since 1899-12-30, the date base 1900 as spreadsheets count it.
            case DateOnly day:
                Value(xml, day.DayNumber - new DateOnly(1899, 12, 30).DayNumber, Day);
                break;
            case long number:
                (decimal value, int style) = kind switch
                {
                    Column.Duration => (number / 86_400_000m, Time),
                    Column.Share => (number / 1000m, Percent),
                    _ => (number, Whole),
                };
                Value(xml, value, style);
                break;
        }
    }

    private static void Value(XmlWriter xml, decimal value, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("s", Number(style));
        xml.WriteElementString("v", value.ToString("0.############", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static void Words(XmlWriter xml, string text, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("s", Number(style));
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        // XML 1.0, 2.2: no control characters; half a surrogate pair becomes the replacement character.
        xml.WriteString(string.Concat((text.Length <= LongestText ? text : text[..LongestText]).EnumerateRunes().Where(r => r.Value is '\t' or '\n' or '\r' or (>= ' ' and not 0xFFFE and not 0xFFFF))));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>At most 31 characters, and none of those that separate a sheet from its cell.</summary>
    private static string SheetName(string title) => string.Concat(title.Where(c => !"[]:*?/\\".Contains(c, StringComparison.Ordinal)).Take(31));

    private static void Relations(XmlWriter xml, params (string Kind, string Target)[] of)
    {
        xml.WriteStartElement("Relationships", Package + "relationships");
        for (int i = 0; i < of.Length; i++)
        {
            Element(xml, "Relationship", ("Id", $"rId{Number(i + 1)}"), ("Type", $"{Relationship}/{of[i].Kind}"), ("Target", of[i].Target));
        }
    }

    private static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
