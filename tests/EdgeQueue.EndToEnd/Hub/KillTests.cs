using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>kill -9 at any moment; then count.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task What_was_acknowledged_is_in_the_journal_whenever_the_hub_is_killed()
    {
        const int Kills = 4, Counters = 3;
        await using HubUnderTest hub = await HubUnderTest.StartAsync(Counters);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        TestUnit[] keypads = await Task.WhenAll(Enumerable.Range(1, Counters).Select(i => TestUnit.KeypadAsync(hub, i)));
        var acknowledged = new ConcurrentBag<(CommandMessage Sent, byte[] Reply)>();
        using var enough = new CancellationTokenSource();

        Task[] work =
        [
            Task.Run(async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    string press = TestUnit.NewId();
                    // Two letters, and a breath between two tickets: a day has 999 of a letter, and a fast machine used them up.
                    CommandMessage message = TestUnit.Envelope(press, new IssueTicket(press, acknowledged.Count % 2 == 0 ? "general" : "advice", null, null, null, default));
                    acknowledged.Add((message, await dispenser.SendAsync(message)));
                    await Task.Delay(5, CancellationToken.None);
                }
            }, TestContext.Current.CancellationToken),
            .. keypads.Select((keypad, i) => Task.Run(async () =>
            {
                string counter = $"c{i + 1}";
                long version = (await keypad.DoAsync(new OpenCounter(counter, $"{11 + i}", null, false, default))).Counter!.Version;
                while (!enough.IsCancellationRequested)
                {
                    foreach (Func<long, Command> press in (Func<long, Command>[])[v => new CallNext(counter, v, default), v => new Arrive(counter, v, default)])
                    {
                        CommandMessage message = TestUnit.Envelope(TestUnit.NewId(), press(version));
                        byte[] reply = await keypad.SendAsync(message);
                        version = TestUnit.Read(reply).Counter!.Version;
                        if (TestUnit.Read(reply).Refusal is null)
                        {
                            acknowledged.Add((message, reply));
                        }
                    }
                }
            })),
        ];
        var random = new Random(1);
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(200, 1200), TestContext.Current.CancellationToken);
            hub.Kill();
            await hub.StartAgainAsync();
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        await Task.WhenAll(work);

        await hub.AssertSoundAsync();
        JsonNode[] events = [.. (await hub.ExportAsync()).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(Enumerable.Range(1, events.Length).Select(i => (long)i), events.Select(e => (long)e["seq"]!));
        Dictionary<string, string> labels = events.Select(e => e["event"]!).Where(e => (string?)e["type"] == "ticketIssued")
            .ToDictionary(e => (string)e["press"]!, e => (string)e["label"]!);
        Assert.Equal(labels.Count, labels.Values.Distinct().Count());
        long[] calls = [.. events.Select(e => e["event"]!).Where(e => (string?)e["type"] == "visitCalled").Select(e => (long)e["visit"]!)];
        Assert.Equal(calls.Length, calls.Distinct().Count());
        foreach ((CommandMessage sent, byte[] reply) in acknowledged)
        {
            ReplyMessage said = TestUnit.Read(reply);
            Assert.True(said.Seq <= events.Length, $"event {said.Seq} was acknowledged, the journal has {events.Length}");
            if (sent.Command is IssueTicket ticket)
            {
                Assert.Equal(said.Ticket!.Label, labels[ticket.Press]);
            }
            else
            {
                // A call that finishes the visit before is several events, and finishes only when nobody waits; the answer
                // names the last of them.
                string type = sent.Command is not CallNext ? "visitArrived" : said.Counter!.Visit is null ? "visitEnded" : "visitCalled";
                Assert.Contains(
                    events[(int)Math.Max(0, said.Seq - 4)..(int)said.Seq].Select(e => e["event"]!),
                    e => (string?)e["type"] == type && (type == "visitEnded" || (long)e["visit"]! == said.Counter!.Visit));
            }
        }

        Assert.True(acknowledged.Count > 20, $"only {acknowledged.Count} commands were answered".ToString(CultureInfo.InvariantCulture));
        foreach (TestUnit keypad in keypads)
        {
            await keypad.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_branch_stands_as_before_after_a_stop_and_a_start()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        CounterMessage before = (await keypad.DoAsync(new CallNext("c1", 1, default))).Counter!;
        string last = (await hub.ExportAsync())[^1];

        Assert.Equal(0, await hub.StopAsync());
        await watcher.StatusAsync(s => !s.Online);
        watcher.Forget();
        await hub.StartAgainAsync();

        CounterMessage after = await watcher.CounterAsync("c1", _ => true);
        Assert.Equal(before with { Seq = 0 }, after with { Seq = 0 });
        Assert.Equal(last, (await hub.ExportAsync())[^1]);
    }
}
