using System.Text.Json.Nodes;

namespace EdgeQueue.Benchmarks.Stage;

/// <summary>
/// A branch of one service and many counters. With short labels node <c>counter-1</c> has a display; every node has a keypad and
/// a dispenser, so that each client with a certificate can issue, call and serve.
/// </summary>
internal static class BenchBranch
{
    public const string Name = "bench";
    public const string Service = "general";
    public const string Node = "counter-";
    public const string Keypad = "keypad";
    public const string Tickets = "tickets";
    public const string Display = "display";

    /// <summary>The PIN of the operator of counter n is its number with two leading digits.</summary>
    public static string Operator(int counter) => (1000 + counter).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Counter(int counter) => "c" + counter.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="shortLabels">Four characters, for a display of four; else six, for many tickets in a day.</param>
    public static void Write(string file, int counters, bool shortLabels)
    {
        var numbers = Enumerable.Range(1, counters).ToList();
        var branch = new JsonObject
        {
            ["v"] = 1,
            ["revision"] = 1,
            ["branch"] = Name,
            ["name"] = Text("Benchmark"),
            ["languages"] = new JsonArray("en"),
            ["timeZone"] = "UTC",
            ["businessDay"] = new JsonObject { ["ends"] = null, ["clearAtClose"] = true },
            ["policy"] = new JsonObject
            {
                ["noShowCalls"] = 1, ["noShowSpacingSeconds"] = 0, ["unprintedSeconds"] = 0, ["maxWaiting"] = 100_000, ["clockTrust"] = "always",
            },
            ["services"] = new JsonArray(new JsonObject
            {
                ["id"] = Service,
                ["prefix"] = shortLabels ? "" : "A",
                ["digits"] = shortLabels ? 4 : 5,
                ["lastNumber"] = shortLabels ? 8999 : 98_999,
                ["offlineFirst"] = shortLabels ? 9000 : 99_000,
                ["offlineLast"] = shortLabels ? 9999 : 99_999,
                ["name"] = Text("General"),
                ["targetWaitSeconds"] = 600,
            }),
            ["workProfiles"] = new JsonArray(new JsonObject { ["id"] = "all", ["services"] = new JsonArray(Service), ["rule"] = "target" }),
            ["operators"] = new JsonArray([.. numbers.Select(n => new JsonObject { ["id"] = Operator(n) })]),
            ["zones"] = new JsonArray(new JsonObject { ["id"] = "hall", ["name"] = Text("Hall") }),
            ["counters"] = new JsonArray([.. numbers.Select(n => new JsonObject
            {
                ["id"] = Counter(n), ["number"] = n.ToString(System.Globalization.CultureInfo.InvariantCulture), ["zone"] = "hall", ["workProfile"] = "all",
            })]),
            ["nodes"] = new JsonArray([.. numbers.Select(n => NodeOf(n, display: shortLabels && n == 1))]),
        };
        File.WriteAllText(file, branch.ToJsonString());
    }

    private static JsonObject NodeOf(int number, bool display)
    {
        var units = new JsonArray(
            new JsonObject
            {
                ["unit"] = Keypad, ["keypad"] = new JsonObject { ["counter"] = Counter(number), ["input"] = "/dev/input/by-path/keypad" },
            },
            new JsonObject
            {
                ["unit"] = Tickets,
                ["dispenser"] = new JsonObject
                {
                    ["input"] = "/dev/input/by-path/buttons",
                    ["buttons"] = new JsonArray(new JsonObject { ["key"] = "KEY_1", ["service"] = Service }),
                    ["printer"] = new JsonObject { ["path"] = "/dev/usb/lp0" },
                },
            });
        if (display)
        {
            units.Add(new JsonObject
            {
                ["unit"] = Display,
                ["display"] = new JsonObject { ["counter"] = Counter(1), ["chip"] = "ht16k33-14", ["path"] = "/dev/i2c-1", ["address"] = 0x70 },
            });
        }

        return new JsonObject { ["name"] = Node + number.ToString(System.Globalization.CultureInfo.InvariantCulture), ["units"] = units };
    }

    private static JsonObject Text(string english) => new() { ["en"] = english };
}
