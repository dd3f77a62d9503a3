using System.Text;
using System.Text.Json;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// <c>journal export</c>: the events as they stand in the file, byte for byte, each with whose command it came of: <c>source</c>
/// (a unit, or a word of <see cref="EventSource"/>) and <c>operator</c>, left out where there is none.
/// </summary>
internal static class JournalExport
{
    public static int Run(string path, long from, long to, Stream output)
    {
        using JournalReader reader = JournalReader.Open(path);
        using var buffered = new BufferedStream(output, 64 * 1024);
        byte[] head = Encoding.UTF8.GetBytes($$"""{"journal":"{{reader.Meta["journal"]}}","seq":""");
        Span<byte> number = stackalloc byte[20];
        foreach (JournalRow row in reader.Rows(from - 1, to))
        {
            buffered.Write(head);
            row.Seq.TryFormat(number, out int length);
            buffered.Write(number[..length]);
            buffered.Write(",\"event\":"u8);
            buffered.Write(row.Data);
            Write(buffered, "source", row.Source?.From);
            Write(buffered, "operator", row.Source?.Operator);
            buffered.Write("}\n"u8);
        }

        return ExitCode.Fine;
    }

    private static void Write(BufferedStream output, string name, string? value)
    {
        if (value is not null)
        {
            output.Write(Encoding.UTF8.GetBytes($"""
                ,"{name}":"{JsonEncodedText.Encode(value)}"
                """));
        }
    }
}
