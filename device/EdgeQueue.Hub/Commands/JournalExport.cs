using System.Text;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal export</c>: the events as they stand in the file, byte for byte.</summary>
internal static class JournalExport
{
    public static int Run(string path, long from, long to, Stream output)
    {
        using JournalReader reader = JournalReader.Open(path);
        using var buffered = new BufferedStream(output, 64 * 1024);
        byte[] head = Encoding.UTF8.GetBytes($$"""{"journal":"{{reader.Meta["journal"]}}","seq":""");
        reader.Events(from - 1, to, (seq, _, _, data) =>
        {
            buffered.Write(head);
            Span<byte> number = stackalloc byte[20];
            seq.TryFormat(number, out int length);
            buffered.Write(number[..length]);
            buffered.Write(",\"event\":"u8);
            buffered.Write(data);
            buffered.Write("}\n"u8);
        });
        return ExitCode.Fine;
    }
}
