using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>
/// A full disk, played by the limit on a file's length (RLIMIT_FSIZE with SIGXFSZ ignored: writes fail with EFBIG), which
/// needs no rights and hits no other process.
/// </summary>
public sealed class DiskFaultTests
{
    [Fact]
    public async Task A_full_disk_refuses_aloud_shows_its_alarm_and_goes_on_after_repair()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(before: "trap '' XFSZ;");
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        CounterMessage called = (await keypad.DoAsync(new CallNext("c1", 1, default))).Counter!;
        await dispenser.TicketAsync();

        await LimitAsync(hub, "4096:unlimited");
        string press = TestUnit.NewId();
        CommandMessage wanted = TestUnit.Envelope(press, new IssueTicket(press, "general", null, null, null, default));
        ReplyMessage refused = TestUnit.Read(await dispenser.SendAsync(wanted));

        Assert.Equal("diskFault", refused.Refusal!.Code);
        Assert.Equal("diskFault", (await keypad.DoAsync(new Recall("c1", called.Version, default))).Refusal!.Code);
        await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "diskFault"));
        await watcher.UntilAsync<DispenserMessage>(Watcher.Names.Dispenser(new("door", "tickets")), d => !d.Open);
        Assert.Equal(called.Label, (await watcher.CounterAsync("c1", _ => true)).Label);

        await LimitAsync(hub, "unlimited:unlimited");
        await watcher.StatusAsync(s => s.Faults.All(f => f.Code != "diskFault"));
        await watcher.UntilAsync<DispenserMessage>(Watcher.Names.Dispenser(new("door", "tickets")), d => d.Open);
        ReplyMessage given = TestUnit.Read(await dispenser.SendAsync(wanted));

        Assert.Equal("A003", given.Ticket!.Label);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task What_a_new_configuration_drops_stays_shown_until_its_rules_are_on_the_disk()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(before: "trap '' XFSZ;");
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await watcher.CounterAsync("c2", _ => true);

        await LimitAsync(hub, "4096:unlimited");
        await File.WriteAllTextAsync(hub.Configuration, TestBranch.Json(counters: 1, revision: 2), TestContext.Current.CancellationToken);
        await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "diskFault"));
        BranchStatusMessage stands = await watcher.StatusAsync(_ => true);
        await watcher.StatusAsync(s => s.Beat > stands.Beat + 1);
        Assert.NotEmpty(watcher.Latest(Watcher.Names.Counter("c2"))!);

        await LimitAsync(hub, "unlimited:unlimited");
        await Eventually.Is(() => watcher.Latest(Watcher.Names.Counter("c2")) is [], "the counter that is gone is cleared");
        await watcher.StatusAsync(s => s.Faults.All(f => f.Code != "diskFault"));
        await hub.AssertSoundAsync();
    }

    private static async Task LimitAsync(HubUnderTest hub, string limit)
    {
        using Process set = Process.Start(
            "prlimit", ["--pid", hub.ProcessId.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}"]);
        await set.WaitForExitAsync();
        Assert.Equal(0, set.ExitCode);
    }
}
