using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Hardware.Printers;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// <c>./run --check</c>: does once what a customer and an operator do, through the devices, and says what it saw.
/// </summary>
/// <param name="pin">PIN of an operator of the branch.</param>
/// <param name="cloud">The branch's page in the cloud, and who looks at it; null: it has none.</param>
internal sealed class StageCheck(PanelClient panel, string pin, TextWriter console, (Uri Page, StagedAccount Who)? cloud = null)
{
    // The standard layout, as the README of Roles/Keypad draws it.
    private const string Open = "KEY_KPDOT";
    private const string Next = "KEY_KPENTER";

    // A sound is told when it has ended: a call in the example's four languages takes 19 s, and the machine may be slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan OnePress = TimeSpan.FromSeconds(12);

    /// <summary>True when light, paper and sound were all seen.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var all = await panel.OpenAsync(cancellation);
        var dispenser = all["dispensers"]![0]!;
        var counter = all["counters"]!.AsArray().First(c => c!["keypad"] is not null && c["display"] is not null)!;
        var keypad = (string)counter["keypad"]!;
        var called = "";

        return await StepAsync("open the counter", OpenAsync)
            && await StepAsync("take a ticket", TakeAsync)
            && await StepAsync("call it", CallAsync)
            && await StepAsync("hear it", HearAsync)
            && (cloud is null || await StepAsync("see it in the cloud", SeeAsync));

        async Task<string?> OpenAsync(CancellationToken patience)
        {
            // A lamp lights for a refusal, too; only an open counter's display stops saying that it is closed.
            await UntilAsync(
                [.. pin.Select(digit => $"KEY_KP{digit}"), Open],
                e => (string)e["unit"]! == (string)counter["display"]! && Lit(e).Length == 0, patience);
            return $"counter {counter["number"]}: the display says that it is open";
        }

        async Task<string?> TakeAsync(CancellationToken patience)
        {
            var button = dispenser["buttons"]!.AsArray()
                .First(b => (string)b!["prefix"]! == "A" || dispenser["buttons"]!.AsArray().Count == 1)!;
            await panel.PressAsync((string)dispenser["unit"]!, (string)button["key"]!, patience);
            var ticket = await panel.WaitAsync("ticket", _ => true, patience);
            var picture = MonochromePng.Decode(await panel.FetchAsync((string)ticket["url"]!, patience));
            var black = picture.Rows.Sum(b => int.PopCount(b));
            return black < 2000 ? null : string.Create(CultureInfo.InvariantCulture,
                $"a ticket of {picture.Width} × {picture.Height} dots, {black} of them black");
        }

        async Task<string?> CallAsync(CancellationToken patience)
        {
            var light = await UntilAsync(
                [Next], e => (string)e["unit"]! == (string)counter["display"]! && Lit(e).Any(char.IsDigit), patience);
            called = Lit(light).Trim();
            return $"counter {counter["number"]} shows {called}";
        }

        async Task<string?> SeeAsync(CancellationToken patience)
        {
            var (page, who) = cloud!.Value;
            using var http = await who.SignInAsync(page, patience);
            while (true)
            {
                using var answer = await http.GetAsync(page, patience);
                if ((await answer.Content.ReadAsStringAsync(patience)).Contains($">{called}<", StringComparison.Ordinal))
                {
                    return $"{page} shows {called}";
                }

                await Task.Delay(200, patience);
            }
        }

        async Task<string?> HearAsync(CancellationToken patience)
        {
            // The dispenser has a voice, too.
            var sound = await panel.WaitAsync("sound", e => all["zones"]!.AsArray().Any(z => (string)z!["unit"]! == (string)e["unit"]!), patience);
            var wav = await panel.FetchAsync((string)sound["url"]!, patience);
            var loudest = Enumerable.Range(22, (wav.Length / 2) - 22).Max(i => Math.Abs((int)BitConverter.ToInt16(wav, i * 2)));
            return loudest < 1000 ? null : string.Create(CultureInfo.InvariantCulture,
                $"{(double)sound["seconds"]!:0.0} s of sound in zone {((string)sound["unit"]!).Split('/')[0]}, loudest sample {loudest}");
        }

        // A press is wanted for three seconds; on a busy machine it may be refused, and is pressed again as an operator would.
        async Task<JsonNode> UntilAsync(IReadOnlyList<string> keys, Func<JsonNode, bool> meant, CancellationToken patience)
        {
            while (true)
            {
                foreach (var key in keys)
                {
                    await panel.PressAsync(keypad, key, patience);
                }

                using var once = CancellationTokenSource.CreateLinkedTokenSource(patience);
                once.CancelAfter(OnePress);
                try
                {
                    return await panel.WaitAsync("display", meant, once.Token);
                }
                catch (OperationCanceledException) when (!patience.IsCancellationRequested)
                {
                    // Again.
                }
            }
        }

        async Task<bool> StepAsync(string what, Func<CancellationToken, Task<string?>> step)
        {
            var began = Stopwatch.GetTimestamp();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            string? saw;
            try
            {
                saw = await step(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                saw = null;
            }

            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(saw is null ? "FAILED" : "ok"),-6} {what}: {saw ?? $"not seen within {Patience.TotalSeconds} s"} ({Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms)"));
            return saw is not null;
        }
    }

    private static string Lit(JsonNode display) => (string?)display["view"]!["text"] ?? "";
}
