using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>The clock on the wall steps; the queue does not.</summary>
public sealed class ClockTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task A_step_of_the_wall_clock_corrects_what_is_shown_and_nothing_else()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        BranchStatusMessage before = await watcher.StatusAsync(s => s.Waiting == 1);

        foreach (long step in (long[])[-Hour, 24 * Hour])
        {
            await File.WriteAllTextAsync(hub.ClockFile, step.ToString(System.Globalization.CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
            BranchStatusMessage after = await watcher.StatusAsync(s => Math.Abs(s.Local - s.At - (before.Local - before.At) - step) < 5000);
            Assert.InRange(after.At - before.At, 0, 60_000);
            Assert.Equal((before.Day, 1), (after.Day, after.Waiting));
        }

        Assert.Equal("A002", (await dispenser.TicketAsync()).Ticket!.Label);
        hub.Kill();
        File.Delete(hub.ClockFile);
        await hub.StartAgainAsync();
        Assert.Equal("A003", (await dispenser.TicketAsync()).Ticket!.Label);
        await hub.AssertSoundAsync();
        Assert.InRange((await hub.ExportAsync()).Count(e => e.Contains("clockStepped", StringComparison.Ordinal)), 3, 5);
    }

    [Fact]
    public async Task A_booking_outlives_a_day_by_a_wrong_clock_and_a_power_cut_in_it()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        Assert.Equal(0, await hub.StopAsync());
        string file = Path.Combine(hub.Folder, "bookings.json");
        long slot = DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeMilliseconds();
        await File.WriteAllBytesAsync(
            file, ContractJson.Write(new BookingsMessage(1, 1, null, [new Booking("4711", "general", slot)])), TestContext.Current.CancellationToken);
        hub.Arguments = $"--bookings '{file}'";
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await watcher.UntilAsync<BookingsReport>(Watcher.Names.BookingsHeld, b => b.Held == 1);
        BranchStatusMessage right = await watcher.StatusAsync(s => s.ClockTrusted);

        await StepAsync(25 * Hour);
        hub.Kill();
        await hub.StartAgainAsync();
        Assert.Equal("bookingTooLate", (await CheckInAsync()).Refusal!.Code);
        await StepAsync(0);

        Assert.Equal("A001", (await CheckInAsync()).Ticket?.Label);
        Assert.DoesNotContain(await hub.ExportAsync(), e => e.Contains("bookingLapsed", StringComparison.Ordinal));
        await hub.AssertSoundAsync();

        async Task StepAsync(long to)
        {
            await File.WriteAllTextAsync(hub.ClockFile, to.ToString(System.Globalization.CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
            await watcher.StatusAsync(s => Math.Abs(s.Local - s.At - (right.Local - right.At) - to) < 5000);
        }

        async Task<ReplyMessage> CheckInAsync()
        {
            string id = TestUnit.NewId();
            return TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(id, new CheckIn(id, CheckInBy.Number, "4711", null, default))));
        }
    }

    [Fact]
    public async Task A_press_that_lay_at_the_door_of_a_hub_that_hung_calls_nobody()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        long now = (await watcher.StatusAsync(s => s.Waiting == 1)).At;
        CommandMessage next = TestUnit.Envelope(TestUnit.NewId(), new CallNext("c1", 1, default)) with { WantedUntil = now + 3_000 };

        byte[] late = await hub.HangAsync(TimeSpan.FromSeconds(6), () => keypad.SendAsync(next));

        Assert.Equal("tooLate", TestUnit.Read(late).Refusal!.Code);
        Assert.Equal("A001", (await keypad.DoAsync(new CallNext("c1", 1, default))).Counter!.Label);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task A_replay_shows_the_branch_as_it_was()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        ReplyMessage first = await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        ReplyMessage called = await keypad.DoAsync(new CallNext("c1", 1, default));

        (int code, string then) = await hub.CommandAsync("journal", "replay", hub.Journal, "--until", $"#{first.Seq}");
        (_, string now) = await hub.CommandAsync("journal", "replay", hub.Journal, "--until", $"#{called.Seq}");

        Assert.Equal(0, code);
        Assert.Contains("waiting: 1", then, StringComparison.Ordinal);
        Assert.Contains("A001 called", now, StringComparison.Ordinal);
        Assert.Contains("waiting: 1", now, StringComparison.Ordinal);
    }
}
