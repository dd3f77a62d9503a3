using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Branch configurations for the faults: the example's, with what a test needs to be different.</summary>
internal static class BranchFiles
{
    /// <summary>The example, speaking one language, so that a minute of calls is spoken in about a minute.</summary>
    public static JsonNode Example()
    {
        JsonNode branch = JsonNode.Parse(File.ReadAllText(Path.Combine(Executables.Root(), "examples", "branch", "branch.json")))!;
        branch.AsObject().Remove("$schema");
        foreach (JsonNode? zone in branch["zones"]!.AsArray())
        {
            zone!["languages"] = new JsonArray("en");
        }

        return branch;
    }

    /// <summary>One service, many counters with an operator who needs no PIN, a keypad and nothing else each.</summary>
    public static JsonNode ManyCounters(int counters)
    {
        static JsonObject Text(string en) => new() { ["en"] = en };
        IEnumerable<int> all = Enumerable.Range(1, counters);
        return new JsonObject
        {
            ["v"] = 1,
            ["revision"] = 1,
            ["branch"] = "many",
            ["name"] = Text("Many counters"),
            ["languages"] = new JsonArray("en"),
            ["timeZone"] = "Europe/Oslo",
            ["policy"] = new JsonObject { ["unprintedSeconds"] = 0, ["noShowCalls"] = 1, ["noShowSpacingSeconds"] = 0 },
            ["services"] = new JsonArray(Service("general", "A"), Service("cash", "C")),
            ["workProfiles"] = new JsonArray(new JsonObject { ["id"] = "all", ["services"] = new JsonArray("general", "cash"), ["rule"] = "target" }),
            ["operators"] = new JsonArray([.. all.Select(i => (JsonNode)new JsonObject { ["id"] = $"{1000 + i}" })]),
            ["zones"] = new JsonArray(new JsonObject { ["id"] = "hall", ["name"] = Text("The hall") }),
            ["counters"] = new JsonArray([.. all.Select(i => (JsonNode)new JsonObject
            {
                ["id"] = $"c{i}", ["number"] = $"{i}", ["zone"] = "hall", ["workProfile"] = "all",
            })]),
            ["nodes"] = new JsonArray([Dispenser(), .. all.Select(i => (JsonNode)new JsonObject
            {
                ["name"] = $"desk-{i}",
                ["units"] = new JsonArray(new JsonObject
                {
                    ["unit"] = "keypad",
                    ["keypad"] = new JsonObject { ["counter"] = $"c{i}", ["input"] = $"/dev/input/desk-{i}", ["lamp"] = "/dev/gpiochip0:17" },
                }),
            })]),
        };

        JsonObject Service(string id, string prefix) => new()
        {
            ["id"] = id, ["prefix"] = prefix, ["digits"] = 4, ["lastNumber"] = 7999, ["offlineFirst"] = 8000, ["offlineLast"] = 9999,
            ["name"] = Text(id), ["targetWaitSeconds"] = 600,
        };

        JsonObject Dispenser() => new()
        {
            ["name"] = "door",
            ["units"] = new JsonArray(new JsonObject
            {
                ["unit"] = "tickets",
                ["dispenser"] = new JsonObject
                {
                    ["input"] = "/dev/input/door",
                    ["buttons"] = new JsonArray(new JsonObject { ["key"] = "KEY_1", ["service"] = "general" }),
                    ["printer"] = new JsonObject { ["path"] = "/dev/usb/lp0", ["widthDots"] = 576 },
                    ["lamp"] = "/dev/gpiochip0:17",
                },
            }),
        };
    }
}
