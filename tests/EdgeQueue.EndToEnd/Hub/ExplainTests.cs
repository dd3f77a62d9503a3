using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Whoever was passed over is told why, from the journal of a hub that goes on working; and who did what is never mistaken.</summary>
public sealed class ExplainTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task The_journal_says_who_called_a_visit_from_where_and_whom_it_went_before()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        string first = (await dispenser.TicketAsync()).Ticket!.Label;
        string second = (await dispenser.TicketAsync()).Ticket!.Label;
        ReplyMessage opened = await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        ReplyMessage called = await keypad.DoAsync(new CallNext("c1", opened.Counter!.Version, default));
        Assert.Equal(first, called.Counter!.Label);
        await keypad.DoAsync(new Arrive("c1", called.Counter.Version, default));

        (int code, string said) = await ExplainAsync(hub, first);
        (int unknown, string nobody) = await ExplainAsync(hub, "Z999");

        Assert.True(code == 0, said);
        Assert.Contains($"ticketIssued, from {dispenser.Unit}\n", said, StringComparison.Ordinal);
        Assert.Contains($"visitCalled, to counter c1 (11), by 11 from {keypad.Unit}\n", said, StringComparison.Ordinal);
        Assert.Contains($"visitArrived, by 11 from {keypad.Unit}\n", said, StringComparison.Ordinal);
        Assert.Contains("by the rule '", said, StringComparison.Ordinal);
        Assert.Contains($"before {second}: ", said, StringComparison.Ordinal);
        Assert.Contains($"ticket {first} for ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("{", said, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown);
        Assert.Contains("No visit", nobody, StringComparison.Ordinal);
        string[] export = await hub.ExportAsync();
        Assert.EndsWith($"\"source\":\"{keypad.Unit}\",\"operator\":\"11\"}}", export.Single(e => e.Contains("visitArrived", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("\"source\":\"configuration\"}", export[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_hub_did_because_it_was_time_is_nobody_elses_whatever_is_pressed_then()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await hub.StopAsync();
        JsonNode branch = JsonNode.Parse(await File.ReadAllTextAsync(hub.Configuration, TestContext.Current.CancellationToken))!;
        branch["policy"]!["unprintedSeconds"] = 1;
        branch["revision"] = 2;
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString(), TestContext.Current.CancellationToken);
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        string label = (await dispenser.TicketAsync()).Ticket!.Label;
        while (!(await hub.ExportAsync())[^1].Contains("visitEnded", StringComparison.Ordinal))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        // A press taken back and one that changes nothing: the last event before their answers is the hub's own.
        await keypad.SendAsync(TestUnit.Envelope(TestUnit.NewId(), null, withdraw: true));
        await keypad.DoAsync(new Evacuate(false, default));
        (int code, string said) = await ExplainAsync(hub, label);

        Assert.True(code == 0, said);
        Assert.Contains("visitEnded, by the hub, because it was time\n", said, StringComparison.Ordinal);
        Assert.Contains($"ticketIssued, from {dispenser.Unit}\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain(keypad.Unit, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_read_by_the_clock_that_hung_on_the_wall_then()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        string label = (await dispenser.TicketAsync()).Ticket!.Label;
        BranchStatusMessage before = await watcher.StatusAsync(s => s.Waiting == 1);
        await File.WriteAllTextAsync(hub.ClockFile, (3 * Hour).ToString(CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        await watcher.StatusAsync(s => s.Local - s.At - (before.Local - before.At) > 2 * Hour);
        ReplyMessage opened = await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        await keypad.DoAsync(new CallNext("c1", opened.Counter!.Version, default));

        (int code, string said) = await ExplainAsync(hub, label);

        Assert.True(code == 0, said);
        DateTime[] times = [.. said.Split('\n').Where(l => l.Contains("  #", StringComparison.Ordinal))
            .Select(l => DateTime.ParseExact(l[2..21], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))];
        Assert.InRange(times[^1] - times[0], TimeSpan.FromHours(3) - TimeSpan.FromSeconds(5), TimeSpan.FromHours(3) + TimeSpan.FromMinutes(2));
        DateTime shown = DateTime.UnixEpoch.AddMilliseconds(before.Local);
        Assert.InRange(times[0], shown - TimeSpan.FromMinutes(1), shown + TimeSpan.FromSeconds(5));
    }

    /// <summary>As a technician types it.</summary>
    internal static async Task<(int Code, string Said)> ExplainAsync(HubUnderTest hub, string ticket)
    {
        using Process process = Process.Start(new ProcessStartInfo(Executables.Tool, ["explain", ticket, "--journal", hub.Journal, "--hub", Executables.Hub])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }
}
