using System.Diagnostics;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>Certificates of a quarter of a minute: the node renews and reconnects while somebody presses its keys.</summary>
public sealed class RenewalTests
{
    [Fact]
    public async Task A_keypad_renews_its_certificate_by_itself_and_loses_no_press()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync(life: "0.00:00:15");
        await using PlayedHub hub = await PlayedHub.StartAsync(registrar.Broker);
        string input = Path.Combine(registrar.Folder, "keys");
        using var keys = new FakeKeys(input);
        string device = registrar.Device("pad", new UnitConfiguration { Unit = "keypad", Keypad = new KeypadConfiguration { Counter = "", Input = input } });
        registrar.Run(Executables.Node, ["device", "--config", device]);

        // Given: claimed with the code from its console.
        string? code = null;
        await Eventually.Is(() => (code = CodeIn(registrar.Log)) is not null, "a code on the console");
        DeskAnswer claimed = await registrar.AskAsync(new DeskRequest("claim", code, "counter-1-pad", Counter: "1"));
        Assert.True(claimed.Done, string.Join('\n', claimed.Lines));
        await hub.CounterAsync("c1", CounterPhase.Idle);
        await Eventually.Is(() => registrar.Log.Contains("keys are taken", StringComparison.Ordinal), "a keypad that works");
        string first = await File.ReadAllTextAsync(Path.Combine(registrar.Folder, "pad", DeviceState.Identity), TestContext.Current.CancellationToken);

        // When: keys are pressed all the time until the certificate has been renewed twice.
        var ids = new HashSet<string>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var watch = Stopwatch.StartNew(); !Renewed(registrar, 2) && watch.Elapsed < TimeSpan.FromSeconds(30);)
        {
            keys.Press(KeyCode.KeypadEnter);
            int presses = ids.Count + 1;
            for (var waited = Stopwatch.StartNew(); registrar.Log.Split("CallNext: accepted").Length <= presses; await Task.Delay(10, TestContext.Current.CancellationToken))
            {
                // A second press while the first is on its way would be refused at the keypad, as it should be.
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"press {presses} is not answered");
                while (hub.CommandsWaiting > 0)
                {
                    // A press whose answer went down with the old connection is sent again with the same id, and a hub answers it again.
                    var (from, message) = await hub.CommandAsync();
                    Assert.False(message.Withdraw, "a press was given up");
                    Assert.IsType<CallNext>(message.Command);
                    ids.Add(message.Id);
                    await hub.ReplyAsync(from, message.Id, null, hub.Counter("c1", CounterPhase.Idle, null, null, 0, ids.Count + 1));
                }
            }

            Assert.Equal(presses, ids.Count);
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        // Then
        Assert.True(Renewed(registrar, 2), "renewed twice");
        Assert.NotEqual(first, await File.ReadAllTextAsync(Path.Combine(registrar.Folder, "pad", DeviceState.Identity), TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine($"{ids.Count} presses, each heard, over two renewals");
    }

    private static bool Renewed(RegistrarUnderTest registrar, int times) =>
        registrar.Log.Split('\n').Count(l => l.Contains("connecting with it", StringComparison.Ordinal)) >= times;

    private static string? CodeIn(string log) =>
        System.Text.RegularExpressions.Regex.Match(log, "edgequeue claim ([0-9]{4}) ([0-9]{4})") is { Success: true } found
            ? found.Groups[1].Value + found.Groups[2].Value
            : null;
}
