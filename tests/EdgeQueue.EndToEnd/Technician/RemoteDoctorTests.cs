using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Access;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Mqtt;
using MqttTopics = EdgeQueue.EndToEnd.Mqtt.Topics;

namespace EdgeQueue.EndToEnd.Technician;

/// <summary>
/// <c>edgequeue doctor --node NAME</c> as a technician types it at the hub: the real registrar and broker, a real node with a display, a
/// dispenser and a loudspeaker, whose devices are simulated.
/// </summary>
public sealed class RemoteDoctorTests : IAsyncLifetime
{
    private const string Id = "c9a1f0e27d5b4a38b6c3d2e1f0a99871";

    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-doctor-").FullName;
    private readonly Ht16k33Chip chip = new();
    private readonly ConcurrentQueue<string> lit = [];
    private readonly ConcurrentQueue<MonochromeBitmap> paper = [];
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> serving = [];
    private RegistrarUnderTest registrar = null!;
    private PlayedHub hub = null!;
    private ReceiptPrinterServer printer = null!;

    [Fact]
    public async Task A_technician_at_the_hub_is_told_what_a_node_finds_on_itself_and_sees_hears_and_reads_its_tests()
    {
        using var buttons = new FakeKeys(Path.Combine(folder, "keys"));
        await using var display = Start(Screen);
        await using var dispenser = Start(Tickets);
        await using var voice = Start(Voice);
        await Eventually.Is(() => new[] { display, dispenser, voice }.All(n => hub.Status(n.Address) is { Online: true }), "all units are there");
        await hub.CounterAsync("c1", CounterPhase.Serving, "A042", hub.Now);
        await hub.SayAsync(hub.Topics.Calls("hall"), new CallsMessage(1, PlayedHub.Journal, hub.NextSeq(), "hall", [], null));
        await hub.SayAsync(hub.Topics.Dispenser(dispenser.Address), new DispenserMessage(
            1, PlayedHub.Journal, hub.NextSeq(), true, null, new Dictionary<string, string> { ["en"] = "Test branch" }, ["en"], [], ""));
        await Eventually.Is(() => lit.Contains(A042), "A042 is lit");
        await Eventually.Is(() => hub.Status(dispenser.Address)!.Faults.Count + hub.Status(voice.Address)!.Faults.Count + hub.Status(display.Address)!.Faults.Count == 0, "no faults");

        (int code, string said) = await registrar.TypeAsync("doctor", "--node", "desk-1", "--try");

        Assert.True(code == 0, said);
        foreach (string part in (string[])
        [
            "desk-1/display, display", "desk-1/tickets, dispenser", "desk-1/voice, audio",
            "ok    unit         display desk-1/display, version ", "ok    certificate", "ok    link", "ok    hub", "ok    disk",
            "ok    display      ht16k33-7", "ok    printer      tcp://127.0.0.1:", ": printed", "ok    sound        hall said the test phrase for zone hall in en",
            "All is well.",
        ])
        {
            Assert.Contains(part, said, StringComparison.Ordinal);
        }

        Assert.Contains("7F 7F 7F 7F", lit);
        await Eventually.Is(() => lit.Last() == A042, "the truth again");
        Assert.NotEmpty(paper);
        Assert.True(new FileInfo(Path.Combine(folder, "hall.raw")).Length > 20_000, "a phrase was heard");

        // Paper out, and a unit that has gone: the others still answer.
        printer.Faults = PrinterFaults.PaperOut;
        display.Kill();
        (code, said) = await registrar.TypeAsync("doctor", "--node", "desk-1");
        Assert.Equal(1, code);
        Assert.Contains("FAULT printer", said, StringComparison.Ordinal);
        Assert.Contains("→ Paper, cover, cable: in this order.", said, StringComparison.Ordinal);
        Assert.Contains("nobody listens there", said, StringComparison.Ordinal);
        Assert.Contains("broken.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_the_registrar_may_ask_and_nobody_but_the_node_may_answer()
    {
        await using Link unit = await Link.UpAsync(registrar.Broker.Options("desk-1", MqttTopics.Of("doctor/#")));
        await using Link keypad = await Link.UpAsync(registrar.Broker.Options("desk-2", MqttTopics.Of("doctor/#")));
        await using Link watch = await Link.UpAsync(registrar.Broker.Options("watch", MqttTopics.Of("doctor/#")));
        await using Link played = await Link.UpAsync(registrar.Broker.Options("hub"));

        // A keypad's account, the watch and the hub may not ask.
        foreach (Link other in (Link[])[keypad, watch, played])
        {
            Assert.Equal(PublishOutcome.Refused, await other.SayAsync(MqttTopics.Of("doctor/desk-1/display/ask"), Ask()));
            Assert.Equal(PublishOutcome.Refused, await other.SayAsync(MqttTopics.Of("doctor/desk-1/display/findings"), Well(Id)));
        }

        // The registrar asks; the node hears it, its neighbour does not, and cannot answer in its place under any name.
        Task<(int Code, string Said)> typed = registrar.TypeAsync("doctor", "--node", "desk-1", "--unit", "display");
        MqttMessage question = await unit.ExpectAsync<MqttMessage>();
        Assert.Equal(MqttTopics.Of("doctor/desk-1/display/ask"), question.Topic);
        Assert.True(DoctorAsk.TryRead(question.Payload.Span, out DoctorAsk? ask, out _));
        Assert.Equal(PublishOutcome.Refused, await keypad.SayAsync(MqttTopics.Of("doctor/desk-1/display/findings"), Well(ask.Id)));
        Assert.Equal(PublishOutcome.Accepted, await keypad.SayAsync(MqttTopics.Of("doctor/desk-2/display/findings"), Well(ask.Id)));
        Assert.Equal(PublishOutcome.Accepted, await unit.SayAsync(MqttTopics.Of("doctor/desk-1/display/findings"), Broken(ask.Id)));

        (int code, string said) = await typed;
        Assert.Equal(1, code);
        Assert.Contains("FAULT disk         it is full", said, StringComparison.Ordinal);
        await Eventually.Is(() => registrar.Log.Contains("desk-2/display", StringComparison.Ordinal), "what nobody asked for is in the log");
        Assert.Equal(MqttTopics.Of("doctor/desk-1/display/ask"), (await watch.ExpectAsync<MqttMessage>()).Topic);
        Assert.False(keypad.Connection.Arrivals.TryRead(out _), "a neighbour heard something");

        // Rubbish and what is too long changes nothing, and the next question is answered.
        await unit.SayAsync(MqttTopics.Of("doctor/desk-1/display/findings"), "{");
        await unit.SayAsync(MqttTopics.Of("doctor/desk-1/display/findings"), new string(' ', DoctorAnswer.LongestInBytes + 1));
        Assert.Equal(2, (await registrar.TypeAsync("doctor", "--node", "nosuch")).Code);
        Assert.Equal(2, (await registrar.TypeAsync("doctor", "--config", "x", "--node", "desk-1")).Code);
    }

    public async ValueTask InitializeAsync()
    {
        registrar = await RegistrarUnderTest.StartAsync();
        var branch = JsonNode.Parse(TestBranch.Json(2))!;
        var node = branch["nodes"]!.AsArray().Single(n => (string?)n!["name"] == "desk-1")!;
        node["units"] = new JsonArray([.. new[] { Screen, Tickets with { Dispenser = Dispenser("/dev/usb/lp0") }, Voice }.Select(u => JsonNode.Parse(Written(u)))]);
        await File.WriteAllTextAsync(registrar.BranchFile, branch.ToJsonString(), TestContext.Current.CancellationToken);
        hub = await PlayedHub.StartAsync(registrar.Broker);
        printer = new ReceiptPrinterServer(new IPEndPoint(IPAddress.Loopback, 0), 576, paper.Enqueue);
        printer.Start();
        var glass = new BusServer(Path.Combine(folder, "i2c"), transfer =>
        {
            chip.Write(transfer.Span[1..]);
            lit.Enqueue(string.Join(' ', Enumerable.Range(0, 4).Select(d => $"{chip.LitSevenSegments(d) & ~0x80:X2}")));
        });
        serving.AddRange([printer.RunAsync(stop.Token), glass.RunAsync(stop.Token)]);
        await glass.Listening;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "asound.conf"),
            $$"""
            </usr/share/alsa/alsa.conf>
            pcm.hall { type file slave.pcm "null" file "|cat >> {{folder}}/hall.raw" format "raw" }
            """,
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await registrar.DisposeAsync();
        await stop.CancelAsync();
        await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // The segments as every seven-segment font draws them.
    private const string A042 = "77 3F 66 5B";

    private UnitConfiguration Screen => new()
    {
        Unit = "display", Display = new DisplayConfiguration { Counter = "c1", Chip = "ht16k33-7", Path = $"unix:{folder}/i2c" },
    };

    private UnitConfiguration Tickets => new() { Unit = "tickets", Dispenser = Dispenser(printer is null ? "" : $"tcp://127.0.0.1:{printer.Port}") };

    private static UnitConfiguration Voice => new() { Unit = "voice", Audio = new AudioConfiguration { Zone = "hall", Device = "hall" } };

    private DispenserConfiguration Dispenser(string path) => new()
    {
        Input = Path.Combine(folder, "keys"), Buttons = [new ButtonConfiguration("KEY_1", "general")], Printer = new PrinterConfiguration { Path = path },
    };

    private NodeProcess Start(UnitConfiguration unit) => NodeProcess.Start(registrar.Broker, folder, "desk-1", unit, new Dictionary<string, string>
    {
        ["ALSA_CONFIG_PATH"] = Path.Combine(folder, "asound.conf"), ["EDGEQUEUE_TOOL"] = Executables.Tool,
    });

    /// <summary>As a configuration has it.</summary>
    private static string Written(UnitConfiguration unit) => JsonNode.Parse(ContractJson.Write(new NodeFile
    {
        V = 1, Branch = "x", Node = "x", State = "x", Unit = unit, Broker = new BrokerConfiguration("x", 1, "x", "x", "x"),
    }))!["unit"]!.ToJsonString();

    private static string Ask() => System.Text.Encoding.UTF8.GetString(ContractJson.Write(new DoctorAsk(1, Id)));

    private static string Well(string id) => Answer(id, Finding.Well("disk", "there is room"));

    private static string Broken(string id) => Answer(id, new Finding("disk", Health.Broken, "it is full"));

    private static string Answer(string id, Finding finding) => System.Text.Encoding.UTF8.GetString(ContractJson.Write(DoctorAnswer.Of(id, [finding])));
}
