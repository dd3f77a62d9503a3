using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>A small branch: one dispenser at <c>door/tickets</c>, a keypad <c>desk-N/keypad</c> and a display for each counter <c>cN</c>.</summary>
internal static class TestBranch
{
    public const string Pin = "4711";

    /// <param name="counters">Counters c1 … cN; operator 11, 12, … sits at each and needs no PIN; operator "vera" has one.</param>
    public static string Json(int counters = 2, long revision = 1)
    {
        var branch = JsonNode.Parse($$$"""
            {
              "v": 1, "revision": {{{revision}}}, "branch": "{{{Broker.Branch}}}", "name": {"en": "Test branch"}, "languages": ["en"],
              "timeZone": "Europe/Oslo", "businessDay": {"ends": null},
              "policy": {"noShowCalls": 1, "noShowSpacingSeconds": 0, "unprintedSeconds": 0, "clockTrust": "always"},
              "services": [
                {"id": "general", "prefix": "A", "name": {"en": "General"}, "targetWaitSeconds": 600},
                {"id": "advice", "prefix": "B", "name": {"en": "Advice"}, "targetWaitSeconds": 900}],
              "workProfiles": [{"id": "all", "services": ["general", "advice"], "rule": "fifo"}],
              "operators": [{"id": "vera", "pinHash": "{{{Core.Contracts.Configuration.PinHash.Of(Pin, "saltsaltsalt"u8, 1000)}}}"}],
              "zones": [
                {"id": "hall", "name": {"en": "Hall"}, "wider": "house"},
                {"id": "house", "name": {"en": "House"}}],
              "counters": [],
              "nodes": [
                {"name": "door", "units": [{"unit": "tickets", "dispenser": {
                  "input": "/dev/input/by-path/door",
                  "buttons": [{"key": "KEY_1", "service": "general"}, {"key": "KEY_2", "service": "advice"}],
                  "printer": {"path": "/dev/usb/lp0"} } }] }]
            }
            """)!;
        for (int i = 1; i <= counters; i++)
        {
            branch["operators"]!.AsArray().Add(JsonNode.Parse($$$"""{"id": "{{{10 + i}}}"}"""));
            branch["counters"]!.AsArray().Add(JsonNode.Parse($$$"""{"id": "c{{{i}}}", "number": "{{{i}}}", "zone": "hall", "workProfile": "all"}"""));
            branch["nodes"]!.AsArray().Add(JsonNode.Parse($$$"""
                {"name": "desk-{{{i}}}", "units": [{"unit": "keypad", "keypad": {"counter": "c{{{i}}}", "input": "/dev/input/by-path/desk-{{{i}}}"}}]}
                """));
        }

        return branch.ToJsonString();
    }
}
