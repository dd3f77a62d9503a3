using System.Diagnostics;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>One unit says too much; the others are served as if it did not.</summary>
[Collection(nameof(Punctual))]
public sealed class FloodTests
{
    private const int Messages = 20_000;
    private const int Tickets = 10;

    [Fact]
    public async Task A_unit_that_floods_is_refused_aloud_and_counted_and_the_others_get_their_tickets()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit stuck = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);

        // Each with an id of its own, as of a key that is stuck; many at a time, or it would only be as fast as the broker's answers.
        // It goes on until the others have had their tickets, however fast this machine is.
        int sent = 0;
        int tickets = 0;
        Task flood = Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            while (Interlocked.Increment(ref sent) <= Messages || Volatile.Read(ref tickets) < Tickets)
            {
                await stuck.SayRawAsync($$$"""{"v":1,"id":"{{{TestUnit.NewId()}}}","command":{"type":"recall","counter":"c1","seen":0}}""");
            }
        }));
        var longest = TimeSpan.Zero;
        while (!flood.IsCompleted)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.NotNull((await dispenser.TicketAsync()).Ticket);
            longest = Stopwatch.GetElapsedTime(began) is { } took && took > longest ? took : longest;
            Interlocked.Increment(ref tickets);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await flood;
        TestContext.Current.TestOutputHelper?.WriteLine($"{tickets} tickets beside {sent} messages, the longest took {longest.TotalMilliseconds:0} ms");
        double refused = await hub.MetricAsync($"edgequeue_rejected_input_total{{kind=\"tooMany\",source=\"{stuck.Unit}\"}}", atLeast: 1);
        Assert.InRange(refused, Messages / 10, sent);
        Assert.InRange(await hub.MetricAsync("edgequeue_refusals_total{code=\"busy\"}", atLeast: 1), 1, sent / 10);
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "tooManyCommands"));
        Assert.Contains(stuck.Unit, status.Faults.Single(f => f.Code == "tooManyCommands").Sentence, StringComparison.Ordinal);
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        // The key came loose: it works again as soon as its bound has filled.
        await Eventually.IsAsync(async () => (await stuck.DoAsync(new OpenCounter("c1", "11", null, false, default))).Refusal is null, "the unit is heard again", 30);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task Who_tries_booking_numbers_waits_longer_and_longer_and_takes_a_ticket_meanwhile()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        for (int number = 1000; number < 1005; number++)
        {
            Assert.Equal(Refusal.UnknownBooking, (await TryAsync(dispenser, number)).Refusal);
        }

        Assert.Equal("checkInPaused", (await TryAsync(dispenser, 1005)).Refusal!.Code);
        Assert.NotNull((await dispenser.TicketAsync()).Ticket);
        await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "checkInTries" && f.Sentence.Contains(dispenser.Unit, StringComparison.Ordinal)));
        Assert.Equal(5, await hub.MetricAsync("edgequeue_refusals_total{code=\"unknownBooking\"}", atLeast: 5));
        await hub.MetricAsync("edgequeue_refusals_total{code=\"checkInPaused\"}", atLeast: 1);
    }

    private static async Task<ReplyMessage> TryAsync(TestUnit dispenser, int number)
    {
        string id = TestUnit.NewId();
        return TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(
            id, new CheckIn(id, CheckInBy.Number, number.ToString(System.Globalization.CultureInfo.InvariantCulture), null, default))));
    }
}
