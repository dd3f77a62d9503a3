using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Branch;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Reach;

/// <summary>
/// A dispenser with a desk and three keypads in a branch that uses much of the queue engine: what each counter and button is for
/// stands beside it. Seven processes, shared by a class of tests; each leaves nobody waiting and its counters closed.
/// </summary>
public sealed class ReachedBranch : WatchedBranch
{
    public const string ForVeterans = "KEY_0";
    public const string ForFamilies = "KEY_A";
    public const string PassportThenCash = "KEY_B";
    public const string InArabic = "KEY_C";
    public const string ByPerson = "KEY_D";
    public const string Taxes = "KEY_E";
    public const string ByCase = "KEY_F";

    private readonly Dictionary<string, long> pressed = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Presses a button and waits for the hub's ticket.</summary>
    /// <param name="typed">The answers to what it asks, or what is scanned instead.</param>
    internal async Task<TicketResult> TakeAsync(string key, params string[] typed)
    {
        var had = Tickets.Count;
        var mark = Mark();
        await AskAsync(key, typed);
        try
        {
            await Eventually.Is(() => Tickets.Count > had, $"a ticket after {key}", 30);
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"no ticket after {key}:\n{LogOf(Dispenser)}");
        }

        await SeenAsync(mark, "ticket", Dispenser, _ => true, $"the paper after {key}");
        return Tickets[^1];
    }

    /// <summary>Presses a button that gives no ticket, for which the two lines have these words.</summary>
    internal async Task NoneAsync(DeskPrompt why, string key, params string[] typed)
    {
        var had = Tickets.Count;
        var mark = Mark();
        await AskAsync(key, typed);
        await ReadAsync(mark, why);
        Assert.Equal(had, Tickets.Count);
    }

    /// <summary>A person reads the question before they type: two devices have no order between them.</summary>
    private async Task AskAsync(string key, string[] typed)
    {
        // One finger that comes twice within half a second is one press.
        if (pressed.TryGetValue(key, out var before) && before + 600 - clock.ElapsedMilliseconds is > 0 and var wait)
        {
            await Task.Delay((int)wait, TestContext.Current.CancellationToken);
        }

        pressed[key] = clock.ElapsedMilliseconds;
        var mark = Mark();
        await PressAsync(Dispenser, key);
        foreach (var digits in typed)
        {
            await SeenAsync(mark, "display", Dispenser, e => ((string?)e["view"]!["text"])?.EndsWith("\n>", StringComparison.Ordinal) == true, "a question", 20);
            mark = Mark();
            await (digits.All(char.IsAsciiDigit) ? TypeAsync(digits, "KEY_KPENTER") : ScanAsync(digits));
        }
    }

    /// <summary>Waits until the dispenser's two lines have said this since the mark, in the branch's first language.</summary>
    internal Task ReadAsync(int mark, DeskPrompt prompt)
    {
        var (first, _) = DeskWords.Lines(prompt, "nb");
        return SeenAsync(mark, "display", Dispenser, e => ((string?)e["view"]!["text"])?.Contains(first, StringComparison.Ordinal) == true, $"'{first}' on the two lines", 20);
    }

    /// <summary>Keys of a keypad as one writes them: digits, <c>* / - + . E</c>.</summary>
    internal Task<ReplyMessage> KeysAsync(Desk desk, string keys) => OrderAsync(desk.Keypad, [.. keys.Where(k => k != ' ').Select(k => k switch
    {
        'E' => Desk.Next,
        '+' => Desk.Arrive,
        '-' => Desk.NoShow,
        '*' => Desk.Recall,
        '/' => Desk.Slash,
        '.' => Desk.Dot,
        var digit => $"KEY_KP{digit}",
    })]);

    /// <summary>The same, and it must be accepted.</summary>
    internal async Task MustAsync(Desk desk, string keys)
    {
        var reply = await KeysAsync(desk, keys);
        Assert.True(reply.Refusal is null, $"{keys}: {reply.Refusal}");
    }

    /// <summary>Next, which must call this ticket, and Arrive.</summary>
    internal static async Task ServeAsync(Desk desk, string label)
    {
        Assert.Equal(label, (await desk.MustAsync(Desk.Next)).Label);
        await desk.MustAsync(Desk.Arrive);
    }

    internal static string NumberOf(TicketResult ticket) => int.Parse(ticket.Label.AsSpan(1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private List<TicketResult> Tickets => [.. Replies(Dispenser).Select(r => r.Ticket).OfType<TicketResult>()];

    protected override void Change(JsonNode example)
    {
        var nodes = example["nodes"]!.AsArray();
        foreach (var node in nodes.Where(n => ((string)n!["name"]!).StartsWith("audio", StringComparison.Ordinal) || (string)n["name"]! == "counter-4").ToList())
        {
            nodes.Remove(node);
        }

        foreach (var units in nodes.Skip(1).Select(n => n!["units"]!.AsArray()))
        {
            units.RemoveAt(0); // the display
        }

        // Each service has numbers of its own, so that one can be typed without its letter.
        var first = 1;
        foreach (var service in example["services"]!.AsArray())
        {
            service!["firstNumber"] = first;
            first += 100;
        }

        example["services"]!.AsArray().Add(JsonNode.Parse(
            """{"id": "taxes", "prefix": "E", "name": {"nb": "Skatt", "en": "Taxes", "uk": "Податки", "ar": "الضرائب"}, "targetWaitSeconds": 900}"""));
        example["services"]![1]!["meanService"] = "learned"; // cash
        example["services"]![3]!["limits"] = JsonNode.Parse("""{"dailyQuota": 1}"""); // housing
        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));
        example["hall"] = JsonNode.Parse(
            $$"""
            {"maxPeople": 5, "perPerson": 1, "exceptions": [{"date": "{{today:yyyy-MM-dd}}", "services": ["taxes"]},
                {"date": "{{today.AddDays(1):yyyy-MM-dd}}", "services": ["taxes"]}]}
            """);
        example["operatorAttributes"] = new JsonArray("arabic");
        example["workProfiles"] = JsonNode.Parse(
            """
            [{"id": "everything", "services": ["general", "cash", "family", "housing", "passport", "taxes"], "rule": "strict", "setPriority": true},
             {"id": "turns", "services": ["general", "cash"], "rule": "ratio", "ratio": {"priority": 60, "first": 1, "others": 1}}]
            """);
        foreach (var person in example["operators"]!.AsArray())
        {
            person!.AsObject().Remove("workProfile"); // the counter's
        }

        example["operators"]![2]!["skills"] = JsonNode.Parse("""[{"service": "family"}]"""); // daria
        example["operators"]![3]!["attributes"] = new JsonArray("arabic"); // samir
        foreach (var counter in example["counters"]!.AsArray())
        {
            counter!["workProfile"] = (string)counter["id"]! == "c3" ? "turns" : "everything";
        }

        example["counters"]![1]!["autoCallSeconds"] = 1; // c2
        nodes.Add(JsonNode.Parse("""{"name": "pc-3", "units": [{"unit": "console", "console": {"counter": "c3"}}]}"""));
        var dispenser = nodes[0]!["units"]![0]!["dispenser"]!.AsObject();
        dispenser.Remove("speech");
        var buttons = dispenser["buttons"]!.AsArray();
        buttons.Add(JsonNode.Parse($$"""{"key": "{{InArabic}}", "service": "general", "wants": ["arabic"]}"""));
        buttons.Add(JsonNode.Parse($$"""{"key": "{{ByPerson}}", "service": "general", "ask": ["person"]}"""));
        buttons.Add(JsonNode.Parse($$"""{"key": "{{Taxes}}", "service": "taxes"}"""));
        buttons.Add(JsonNode.Parse(
            $$"""{"key": "{{ByCase}}", "service": "general", "steps": [{"service": "cash"}], "bestOrder": true, "ask": ["case"]}"""));
    }
}
