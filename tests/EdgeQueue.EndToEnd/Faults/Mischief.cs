using System.Text;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Payloads that no honest program of the branch sends.</summary>
internal static class Mischief
{
    private const string Id = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";

    /// <summary>The broker takes packets up to 128 KiB; these are within that, and beyond what the hub reads.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. ((string[])
        [
            "", " ", "null", "0", "true", "[]", "{}", "{", "\"text\"", "\u0000\u0001\u0002", "{\"v\":1}", "{\"v\":\"1\"}",
            $"{{\"v\":1,\"id\":\"{Id}\"}}",
            $"{{\"v\":2,\"id\":\"{Id}\",\"command\":{{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":1}}}}",
            $"{{\"v\":-1,\"id\":\"{Id}\",\"command\":{{\"type\":\"evacuate\",\"active\":true}}}}",
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"type\":\"dropTable\"}}}}",
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"counter\":\"c1\",\"seen\":1}}}}",
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":\"many\"}}}}",
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"type\":\"callNext\",\"counter\":null,\"seen\":1}}}}",
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":1}},\"withdraw\":true}}",
            "{\"v\":1,\"id\":\"../../etc\",\"command\":{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":1}}",
            "{\"v\":1,\"id\":\"\",\"command\":{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":1}}",
            $"{{\"v\":99999999999999999999,\"id\":\"{Id}\"}}",
            new string('[', 5000), string.Concat(Enumerable.Repeat("{\"a\":", 5000)),
            $"{{\"v\":1,\"id\":\"{Id}\",\"command\":{{\"type\":\"callNext\",\"counter\":\"{new string('c', 20_000)}\",\"seen\":1}}}}",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80],
        new byte[70_000],
        new byte[120_000],
    ];

    /// <summary>Well-formed, from the right account, and not its business.</summary>
    public static IReadOnlyList<string> OfAKeypad(string foreignCounter) =>
    [
        $"{{\"type\":\"callNext\",\"counter\":\"{foreignCounter}\",\"seen\":0}}",
        $"{{\"type\":\"closeCounter\",\"counter\":\"{foreignCounter}\",\"seen\":0}}",
        "{\"type\":\"callNext\",\"counter\":\"no-such-counter\",\"seen\":0}",
        $"{{\"type\":\"issueTicket\",\"press\":\"{Id}\",\"service\":\"general\"}}",
        "{\"type\":\"leaseNumbers\",\"node\":\"dispenser-1\",\"unit\":\"tickets\",\"store\":\"7be1\",\"remaining\":{}}",
        "{\"type\":\"reportPrint\",\"visit\":1,\"outcome\":\"Failed\",\"copy\":false}",
        "{\"type\":\"cancelVisit\",\"visit\":1,\"reason\":\"mischief\"}",
        "{\"type\":\"setPriority\",\"visit\":1,\"priority\":99}",
        "{\"type\":\"tick\",\"clock\":{\"displayOffset\":0,\"utcOffsetMinutes\":0,\"trusted\":true}}",
        "{\"type\":\"closeDay\"}",
        $"{{\"type\":\"forkJournal\",\"fromJournal\":\"{Id}\",\"fromSeq\":1,\"toJournal\":\"{Id}\",\"skip\":1}}",
        "{\"type\":\"revokeLease\",\"lease\":\"L1\"}",
    ];
}
