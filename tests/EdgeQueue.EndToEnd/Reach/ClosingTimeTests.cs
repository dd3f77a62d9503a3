using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Forecast;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Reach;

/// <summary>A branch that knows its waits from its own past gives no ticket that it could not serve before it closes.</summary>
public sealed class ClosingTimeTests
{
    [Fact]
    public async Task Nobody_is_let_in_whose_wait_would_pass_closing_time()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(counters: 1);
        Assert.Equal(0, await hub.StopAsync());
        foreach (string part in (string[])["", "-wal", "-shm"])
        {
            File.Delete(hub.Journal + part);
        }

        Assert.Equal(0, (await hub.CommandAsync("init", "--journal", hub.Journal, "--branch-name", Broker.Branch)).Code);
        PastDays.Write(hub.Journal, TestBranch.Json(1), days: 6);
        await File.WriteAllTextAsync(hub.Configuration, ClosingInThreeMinutes(), TestContext.Current.CancellationToken);
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        Assert.Null((await keypad.DoAsync(new OpenCounter("c1", "11", null, true, default))).Refusal);

        // A service takes five minutes here: one or two find the counter free in time, then it is too late.
        ReplyMessage reply = await dispenser.TicketAsync();
        for (int asked = 0; reply.Refusal is null && asked < 60; asked++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            reply = await dispenser.TicketAsync();
        }

        Assert.Equal("closingSoon", reply.Refusal?.Code);
        Assert.Null((await dispenser.TicketAsync("advice")).Refusal); // never closes
    }

    /// <summary>It is about noon there, so that three minutes later is the same day.</summary>
    private static string ClosingInThreeMinutes()
    {
        DateTimeOffset utc = TimeProvider.System.GetUtcNow();
        int offset = 12 - utc.Hour;
        var branch = JsonNode.Parse(TestBranch.Json(1, revision: 2))!;
        // East of Greenwich is minus in these names.
        branch["timeZone"] = offset == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(offset > 0 ? "-" : "+")}{Math.Abs(offset)}");
        branch["hall"] = JsonNode.Parse("""{"stopBeforeClosing": true}""");
        branch["services"]![0]!["hours"] = JsonNode.Parse(
            $$"""
            [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00",
              "to": "{{utc.AddHours(offset).AddMinutes(3).ToString("HH:mm", CultureInfo.InvariantCulture)}}"}]
            """);
        return branch.ToJsonString();
    }
}
