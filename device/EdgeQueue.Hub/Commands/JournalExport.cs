using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// <c>journal export</c>: the events as they stand in the file, byte for byte, each with whose command it came of: <c>source</c>
/// (a unit, or a word of <see cref="EventSource"/>) and <c>operator</c>, left out where there is none.
/// </summary>
internal static class JournalExport
{
    private const int MostFaults = 20;

    /// <summary>What is damaged is said to <paramref name="errors"/>, and the exit code is not 0: the lines are then not the whole journal.</summary>
    public static int Run(string path, long from, long to, Stream output, TextWriter errors)
    {
        using JournalReader reader = JournalReader.Open(path);
        (long expected, int faults) = (Math.Max(1, from), 0);
        using var buffered = new BufferedStream(output, 64 * 1024);
        byte[] head = Encoding.UTF8.GetBytes($$"""{"journal":"{{reader.Meta["journal"]}}","seq":""");
        Span<byte> number = stackalloc byte[20];
        foreach (JournalRow row in reader.Rows(Math.Max(1, from) - 1, to))
        {
            if (row.Seq != expected)
            {
                Fault($"event {expected} is missing before {row.Seq}");
            }

            expected = row.Seq + 1;
            if (DamageOf(row) is { } damage)
            {
                Fault($"event {row.Seq} cannot be read and is left out: {damage}");
                continue;
            }

            buffered.Write(head);
            row.Seq.TryFormat(number, out int length);
            buffered.Write(number[..length]);
            buffered.Write(",\"event\":"u8);
            buffered.Write(row.Data);
            Write(buffered, "source", row.Source?.From);
            Write(buffered, "operator", row.Source?.Operator);
            buffered.Write("}\n"u8);
        }

        // Each line is whole; whether it can have happened, only all from the first tell. A damaged journal is known already.
        if (faults == 0)
        {
            Plausibility events = Plausibility.Of(reader, Math.Min(to, expected - 1), out _);
            foreach (string fault in events.Faults)
            {
                errors.WriteLine(fault);
            }

            if (!events.IsSound)
            {
                errors.WriteLine($"The lines are as they stand in the file, but this cannot have happened: look at it with 'edgequeue journal verify {path}'.");
            }

            return events.IsSound ? ExitCode.Fine : ExitCode.Wrong;
        }

        errors.WriteLine(
            (faults > MostFaults ? $"and {faults - MostFaults} more. " : "")
            + $"This is not the whole journal: look at it with 'edgequeue journal verify {path}'.");
        return ExitCode.Wrong;

        void Fault(string sentence)
        {
            if (faults++ < MostFaults)
            {
                errors.WriteLine(sentence);
            }
        }
    }

    private static string? DamageOf(JournalRow row)
    {
        if (!StrictEventJson.TryRead(row.Data, "", out _, out string? fault))
        {
            return $"it {fault}";
        }

        try
        {
            EventJson.Read(row.Type, row.Data);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message.Split(" Path: ")[0];
        }
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
