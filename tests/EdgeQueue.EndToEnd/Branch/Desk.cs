using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>One counter of the example as its operator has it: a keypad with a lamp, and the display above.</summary>
internal sealed class Desk(WatchedBranch branch, int number)
{
    public const string Next = "KEY_KPENTER";
    public const string Arrive = "KEY_KPPLUS";
    public const string NoShow = "KEY_KPMINUS";
    public const string Recall = "KEY_KPASTERISK";
    public const string Slash = "KEY_KPSLASH";
    public const string Dot = "KEY_KPDOT";
    public const string Undo = "KEY_BACKSPACE";

    public string Counter { get; } = $"c{number}";

    public string Keypad { get; } = $"counter-{number}/keypad";

    public string Display { get; } = $"counter-{number}/display";

    /// <summary>As the hub's retained message has it.</summary>
    public CounterMessage Shown => branch.Ear.Counters[Counter];

    public static string[] Digits(string digits, string key) => [.. digits.Select(d => $"KEY_KP{d}"), key];

    /// <summary>Digits, then a key; answered by the hub.</summary>
    public Task<ReplyMessage> OrderAsync(string key, string digits = "") => branch.OrderAsync(Keypad, Digits(digits, key));

    /// <summary>The same, and it must be accepted.</summary>
    public async Task<CounterMessage> MustAsync(string key, string digits = "")
    {
        var reply = await OrderAsync(key, digits);
        Assert.True(reply.Refusal is null, $"{digits} {key} at counter {number}: {reply.Refusal}");
        return reply.Counter!;
    }

    /// <summary>The same, and it must be refused with this code.</summary>
    public async Task RefusedAsync(string code, string key, string digits = "") =>
        Assert.Equal(code, (await OrderAsync(key, digits)).Refusal?.Code);

    public Task OpenAsync(string pin = "2222") => MustAsync(Dot, pin);

    public Task CloseAsync() => MustAsync(Dot, "00");

    /// <summary>Waits until the display has shown this since the mark; returns the view: what is lit, dot by dot.</summary>
    public async Task<JsonNode> ShowsAsync(int mark, string text, Func<JsonNode, bool>? also = null) =>
        (await branch.SeenAsync(
            mark, "display", Display, e => (string?)e["view"]!["text"] == text && (also?.Invoke(e["view"]!) ?? true),
            $"'{text}' on the display of counter {number}")).Data["view"]!;

    /// <summary>Waits until the keypad's lamp has been dark for half a second; returns the mark of then. The next light begins after it.</summary>
    public async Task<int> DarkAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30);)
        {
            var before = branch.Mark();
            await Task.Delay(500, TestContext.Current.CancellationToken);
            if (branch.Since(before, "lamp", Keypad).Count == 0 && branch.Since(0, "lamp", Keypad) is var all && (all.Count == 0 || !(bool)all[^1].Data["lit"]!))
            {
                return branch.Mark();
            }
        }

        throw new InvalidOperationException($"the lamp of counter {number} was not dark for half a second within 30 s");
    }

    /// <summary>Lengths in milliseconds of the lights of the keypad's lamp since the mark: one at least, and then dark for a second.</summary>
    public async Task<List<long>> LightsAsync(int mark)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var before = branch.Mark();
            var changes = branch.Since(mark, "lamp", Keypad);
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            // The end of a light that was there before the mark is none: the next may come late on a busy machine.
            List<long> lights = [.. changes.Zip(changes.Skip(1)).Where(p => (bool)p.First.Data["lit"]! && !(bool)p.Second.Data["lit"]!)
                .Select(p => p.Second.At - p.First.At)];
            if (lights.Count > 0 && !(bool)changes[^1].Data["lit"]! && branch.Since(before, "lamp", Keypad).Count == 0)
            {
                return lights;
            }

            var last = branch.Since(0, "lamp", Keypad).TakeLast(8).Select(h => $"{h.At} ms: {h.Data["lit"]}");
            Assert.True(
                waited.Elapsed < TimeSpan.FromSeconds(30),
                $"the lamp of counter {number} did not light up and go out within 30 s; it changed at {string.Join(", ", last)}");
        }
    }
}
