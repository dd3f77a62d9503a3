using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Simulation;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Display;

/// <summary>A real display node on a real broker, with a HT16K33 of seven segments behind a socket: what is lit is looked at.</summary>
public sealed class DisplayTests : IAsyncLifetime
{
    // The segments as every seven-segment font draws them (bit 0 = a … bit 6 = g): A, 0, 4, 2.
    private const string A042 = "77 3F 66 5B";
    private const string A043 = "77 3F 66 4F";
    private const string Dark = "00 00 00 00";
    private const byte Point = 0x80;

    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-display-").FullName;
    private readonly Ht16k33Chip chip = new();
    private CancellationTokenSource bus = new();
    private Task serving = Task.CompletedTask;
    private Broker broker = null!;
    private PlayedHub hub = null!;

    [Fact]
    public async Task A_call_is_lit_blinks_and_stands_still_when_the_customer_has_arrived()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Idle);
        await Eventually.Is(() => Lit() == Dark, "an idle counter is dark");

        await hub.CounterAsync("c5", CounterPhase.Called, "A042", hub.Now);
        await Eventually.Is(() => (Lit(), chip.BlinkHertz) == (A042, 2), "A042, blinking");

        await hub.CounterAsync("c5", CounterPhase.Serving, "A042", hub.Now - 1000);
        await Eventually.Is(() => (Lit(), chip.BlinkHertz) == (A042, 0), "A042, steady");
    }

    [Fact]
    public async Task A_display_that_is_killed_shows_the_truth_again_and_does_not_blink_for_an_old_call()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Called, "A042", hub.Now - 60_000);
        await Eventually.Is(() => Lit() == A042, "A042");
        node.Kill();
        chip.LosePower();
        await hub.CounterAsync("c5", CounterPhase.Called, "A043", hub.Now - 60_000);

        node.StartAgain();

        await Eventually.Is(() => (Lit(), chip.BlinkHertz) == (A043, 0), "A043, steady");
    }

    [Fact]
    public async Task A_display_without_its_hub_pulses_its_points_and_is_calm_when_the_hub_is_back()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Serving, "A042", hub.Now);
        await Eventually.Is(() => Lit() == A042, "A042");

        hub.Beating = false;
        await Eventually.Is(() => Points() == 4, "all points lit");
        await Eventually.Is(() => Points() == 0, "and dark again", seconds: 3);
        await Eventually.Is(() => Points() == 4, "and lit again", seconds: 3);
        Assert.Equal(A042, Lit());

        hub.Beating = true;
        await Eventually.Is(() => Points() == 0, "calm");
        Assert.DoesNotContain(await Eventually.Watch(Points, 2), change => change.Seen != 0);
    }

    [Fact]
    public async Task A_display_whose_broker_restarts_is_lit_throughout()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Serving, "A042", hub.Now);
        await Eventually.Is(() => Lit() == A042, "A042");

        broker.Kill();
        var seen = await Eventually.Watch(Lit, 1);
        await broker.StartAgainAsync();

        Assert.Equal([A042], seen.Select(change => change.Seen));
    }

    [Fact]
    public async Task An_unplugged_display_is_reported_and_drawn_whole_when_it_is_back()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Serving, "A042", hub.Now);
        await Eventually.Is(() => Lit() == A042, "A042");

        await UnplugAsync();
        await Eventually.Is(() => Faults(node).Contains("deviceMissing"), "a fault in the status");
        chip.LosePower();
        await hub.CounterAsync("c5", CounterPhase.Serving, "A043", hub.Now);
        await PlugAsync();

        await Eventually.Is(() => Lit() == A043, "A043, from nothing");
        await Eventually.Is(() => Faults(node) == "", "no fault any more");
    }

    [Fact]
    public async Task A_display_whose_node_is_stopped_shows_no_number_that_nobody_stands_behind()
    {
        await using var node = Start();
        await hub.CounterAsync("c5", CounterPhase.Serving, "A042", hub.Now);
        await Eventually.Is(() => Lit() == A042, "A042");

        Assert.Equal(0, await node.StopAsync());

        Assert.Equal(("40 40 40 40", 4), (Lit(), Points()));
    }

    public async ValueTask InitializeAsync()
    {
        broker = await Broker.StartAsync();
        hub = await PlayedHub.StartAsync(broker);
        await PlugAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await broker.DisposeAsync();
        await UnplugAsync();
        Directory.Delete(folder, recursive: true);
    }

    private NodeProcess Start() => NodeProcess.Start(broker, folder, "desk5", new UnitConfiguration
    {
        Unit = "display",
        Display = new DisplayConfiguration { Counter = "c5", Chip = "ht16k33-7", Path = $"unix:{folder}/i2c" },
    });

    private async Task PlugAsync()
    {
        bus = new CancellationTokenSource();
        var server = new BusServer(Path.Combine(folder, "i2c"), transfer =>
        {
            Assert.Equal(0x70, transfer.Span[0]);
            chip.Write(transfer.Span[1..]);
        });
        serving = server.RunAsync(bus.Token);
        await server.Listening;
    }

    private async Task UnplugAsync()
    {
        await bus.CancelAsync();
        await serving;
    }

    private string Lit() => string.Join(' ', Digits().Select(digit => $"{digit & ~Point:X2}"));

    private int Points() => Digits().Count(digit => (digit & Point) != 0);

    private IEnumerable<byte> Digits() => Enumerable.Range(0, 4).Select(chip.LitSevenSegments);

    private string Faults(NodeProcess node) => string.Join(' ', hub.Status(node.Address)?.Faults.Select(fault => fault.Code) ?? ["no status"]);
}
