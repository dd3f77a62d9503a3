using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.EndToEnd.Forecast;

/// <summary>What people are told of their wait by a real hub.</summary>
public sealed class ExpectedWaitTests
{
    [Fact]
    public async Task A_branch_with_a_past_says_on_the_ticket_and_on_the_board_how_long_it_will_take()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(counters: 1);
        Assert.Equal(0, await hub.StopAsync());
        foreach (string part in (string[])["", "-wal", "-shm"])
        {
            File.Delete(hub.Journal + part);
        }

        Assert.Equal(0, (await hub.CommandAsync("init", "--journal", hub.Journal, "--branch-name", Broker.Branch)).Code);
        int events = PastDays.Write(hub.Journal, TestBranch.Json(1), days: 6);
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        CounterMessage counter = (await keypad.DoAsync(new OpenCounter("c1", "11", null, true, default))).Counter!;
        for (int i = 0; i < 4; i++)
        {
            Assert.NotNull((await dispenser.TicketAsync()).Ticket);
        }

        counter = (await keypad.DoAsync(new CallNext("c1", counter.Version, default))).Counter!;
        counter = (await keypad.DoAsync(new Arrive("c1", counter.Version, default))).Counter!;

        // Three wait and one is served: the usual service takes five minutes here.
        double board = await hub.MetricAsync("edgequeue_expected_wait_minutes{service=\"general\",quantile=\"0.5\"}", atLeast: 5);
        TicketResult ticket = (await dispenser.TicketAsync()).Ticket!;

        Assert.InRange(ticket.ExpectedMinutes!.P50, 5, 60);
        Assert.InRange(ticket.ExpectedMinutes.P90, ticket.ExpectedMinutes.P50, 120);
        Assert.InRange(board, 5, 60);
        BoardMessage hall = await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Waits?.Any(w => w.Service == "general") == true);
        Assert.Equal("General", hall.Waits!.Single(w => w.Service == "general").Names["en"]);
        Assert.Contains("A ticket now", await hub.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("futures", await hub.GetAsync("/"), StringComparison.Ordinal);
        Assert.True(events > 1000);

        // Who was told something is called, and the hub holds what their ticket said against it.
        for (int i = 0; i < 4; i++)
        {
            counter = (await keypad.DoAsync(new CallNext("c1", counter.Version, default))).Counter!;
            counter = (await keypad.DoAsync(new Arrive("c1", counter.Version, default))).Counter!;
        }

        await hub.MetricAsync("edgequeue_forecast_judged{service=\"general\"}", atLeast: 1);
        Assert.True(await hub.MetricAsync("edgequeue_forecast_error_milliseconds{service=\"general\"}") > 60_000, "called at once, and told minutes");
        Assert.Contains("who were told a wait", await hub.GetAsync("/"), StringComparison.Ordinal);

        // The manager's question, of the same journal.
        var learned = await JournalEvents.LearnAsync(hub.Journal, Executables.Hub, TestContext.Current.CancellationToken);
        Assert.Equal(6, learned.Branch.Arrivals.Days);
    }

    [Fact]
    public async Task A_branch_without_a_past_says_nothing()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await dispenser.TicketAsync();
        await hub.MetricAsync("edgequeue_forecast_futures");

        TicketResult ticket = (await dispenser.TicketAsync()).Ticket!;

        Assert.Null(ticket.ExpectedMinutes);
        Assert.Contains("No waiting times yet", await hub.GetAsync("/"), StringComparison.Ordinal);
    }
}
