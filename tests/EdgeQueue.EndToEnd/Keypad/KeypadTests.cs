using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Keypad;

/// <summary>A real keypad node: keys go in through a FIFO as the kernel would write them, the lamp is a file.</summary>
[Collection(nameof(Punctual))]
public sealed class KeypadTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-keypad-").FullName;
    private FakeKeys keys = null!;
    private Broker broker = null!;
    private PlayedHub hub = null!;
    private NodeProcess node = null!;

    private string LampFile => Path.Combine(folder, "lamp");

    [Fact]
    public async Task Next_calls_with_the_version_that_the_operator_saw_and_accepted_is_one_long_light()
    {
        var watching = Eventually.Watch(Lamp, 3);
        keys.Press(KeyCode.KeypadEnter);
        var (from, message) = await hub.CommandAsync();
        Assert.Equal("c5", Assert.IsType<CallNext>(message.Command).Counter);
        Assert.Equal(9, ((CallNext)message.Command!).Seen);
        await hub.ReplyAsync(from, message.Id, null, hub.Counter("c5", CounterPhase.Called, "A042", hub.Now, 1, version: 10));

        // One light, or the flash of the press and then the long one where the machine was slow to answer.
        var flashes = Flashes(await watching);
        Assert.InRange(flashes.Count, 1, 2);
        Assert.InRange(flashes[^1], 500, 1_500);

        // The reply is newer than the retained message: the next press stands on it.
        keys.Press(KeyCode.KeypadPlus);
        Assert.Equal(10, Assert.IsType<Arrive>((await hub.CommandAsync()).Message.Command).Seen);
    }

    [Fact]
    public async Task Refused_is_three_quick_flashes_after_that_of_the_press()
    {
        var watching = Eventually.Watch(Lamp, 3);
        keys.Press(KeyCode.KeypadAsterisk);
        var (from, message) = await hub.CommandAsync();
        await Eventually.Is(() => Lamp() == "0", "the flash of the press is over");
        await hub.ReplyAsync(from, message.Id, Refusal.NobodyCalled, null);

        Assert.Equal(4, Flashes(await watching).Count);
        Assert.Contains("nobodyCalled", node.Log);
    }

    [Fact]
    public async Task Without_an_answer_the_press_is_withdrawn_and_the_light_goes_on_slowly_until_it_is_known()
    {
        keys.Press(KeyCode.KeypadEnter);
        var (from, first) = await hub.CommandAsync();
        var last = first;
        while (!last.Withdraw)
        {
            (_, last) = await hub.CommandAsync();
            Assert.Equal(first.Id, last.Id);
        }

        var slow = Flashes(await Eventually.Watch(Lamp, 4));
        Assert.InRange(slow.Count, 3, 6);
        Assert.All(slow.Skip(1).SkipLast(1), flash => Assert.InRange(flash, 300, 600));

        // Another press meanwhile is answered at once, and goes nowhere.
        keys.Press(KeyCode.KeypadEnter);
        await Eventually.Is(() => node.Log.Contains("refused here: busy", StringComparison.Ordinal), "refused, busy");

        await hub.ReplyAsync(from, first.Id, null, null);
        await Eventually.Is(() => node.Log.Contains("CallNext: accepted", StringComparison.Ordinal), "accepted after all");
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await Eventually.Watch(Lamp, 2), change => change.Seen == "1");
    }

    [Fact]
    public async Task Without_the_broker_a_press_is_seen_at_once_and_refused_when_it_is_wanted_no_longer()
    {
        broker.Kill();
        await Eventually.Is(() => node.Log.Contains("disconnected", StringComparison.Ordinal), "the node knows that it is alone");

        var pressed = TimeProvider.System.GetTimestamp();
        var watching = Eventually.Watch(Lamp, 4.5);
        keys.Press(KeyCode.KeypadEnter);
        await Eventually.Is(() => Lamp() == "1", "the press is seen");
        var seenAfter = TimeProvider.System.GetElapsedTime(pressed);

        Assert.True(seenAfter < TimeSpan.FromMilliseconds(100), $"the press was seen after {seenAfter.TotalMilliseconds} ms");
        Assert.InRange(Flashes(await watching).Count, 4, 6); // press, three quick ones, and perhaps the sign of being alone
        Assert.Contains("CallNext: not sent", node.Log);
    }

    [Fact]
    public async Task A_PIN_goes_to_the_hub_and_nowhere_else()
    {
        foreach (var key in new[] { KeyCode.Keypad4, KeyCode.Keypad7, KeyCode.Keypad1, KeyCode.Keypad1, KeyCode.KeypadDot })
        {
            keys.Press(key);
        }

        var (from, message) = await hub.CommandAsync();
        Assert.Equal(("4711", ""), (message.Pin, Assert.IsType<OpenCounter>(message.Command).Operator));
        await hub.ReplyAsync(from, message.Id, null, null);
        await Eventually.Is(() => node.Log.Contains("OpenCounter: accepted", StringComparison.Ordinal), "accepted");
        Assert.DoesNotContain("4711", node.Log);
    }

    [Fact]
    public async Task Two_quick_presses_of_Next_ask_once_and_answer_both()
    {
        keys.Press(KeyCode.KeypadEnter);
        keys.Press(KeyCode.KeypadEnter);
        await hub.CommandAsync();
        await Eventually.Is(() => node.Log.Contains("refused here: busy", StringComparison.Ordinal), "the second is refused aloud");
    }

    [Fact]
    public async Task An_alarm_goes_out_although_another_answer_is_still_awaited()
    {
        keys.Press(KeyCode.KeypadEnter);
        Assert.IsType<CallNext>((await hub.CommandAsync()).Message.Command);
        keys.Press(KeyCode.F12);

        var (from, message) = await hub.CommandAsync();
        while (message.Command is CallNext)
        {
            (from, message) = await hub.CommandAsync();
        }

        Assert.True(Assert.IsType<Evacuate>(message.Command).Active);
        await hub.ReplyAsync(from, message.Id, null, null);
        await Eventually.Is(() => node.Log.Contains("Evacuate: accepted", StringComparison.Ordinal), "accepted");
    }

    [Fact]
    public async Task An_unplugged_keypad_is_reported()
    {
        keys.Dispose();
        File.Delete(Path.Combine(folder, "keys"));

        await Eventually.Is(() => hub.Status(node.Address)?.Faults.Any(fault => fault.Code == "inputMissing") == true, "a fault in the status");
    }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(LampFile, "0");
        keys = new FakeKeys(Path.Combine(folder, "keys"));
        broker = await Broker.StartAsync();
        hub = await PlayedHub.StartAsync(broker);
        await hub.CounterAsync("c5", CounterPhase.Idle, version: 9);
        node = NodeProcess.Start(broker, folder, "desk5", new UnitConfiguration
        {
            Unit = "keypad",
            Keypad = new KeypadConfiguration
            {
                Counter = "c5", Input = Path.Combine(folder, "keys"), Lamp = LampFile,
                Keys = new Dictionary<string, string> { ["KEY_F12"] = "evacuate" },
            },
        });
        await Eventually.Is(() => node.Log.Contains("counter c5 is known", StringComparison.Ordinal), "the node knows its counter");
        await Eventually.Is(() => hub.Status(node.Address) is { Online: true }, "the node has said so");
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await hub.DisposeAsync();
        await broker.DisposeAsync();
        keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>"1", "0", or what was last seen while the file is being written.</summary>
    private string Lamp()
    {
        using var file = new FileStream(LampFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        lastLamp = text.Length == 0 ? lastLamp : text;
        return lastLamp;
    }

    private string lastLamp = "0";

    /// <summary>Lengths in milliseconds of the times when it was lit.</summary>
    private static List<long> Flashes(List<(long At, string Seen)> changes)
    {
        var flashes = new List<long>();
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Seen == "1")
            {
                flashes.Add((i + 1 < changes.Count ? changes[i + 1].At : changes[i].At) - changes[i].At);
            }
        }

        return flashes;
    }
}
