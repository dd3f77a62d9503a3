using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Bookings, buffers and live queues through the real hub, broker and journal.</summary>
public sealed class VisitLifeTests
{
    [Fact]
    public async Task A_branch_without_a_cloud_holds_its_bookings_from_a_file_and_a_check_in_survives_a_kill_and_a_cancellation()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await hub.StopAsync();
        string file = Path.Combine(hub.Folder, "bookings.json");
        long slot = DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeMilliseconds();
        await WriteAsync(file, new BookingsMessage(1, 3, null, [new Booking("4711", "general", slot, Case: "case-9"), new Booking("4712", "nosuch", slot)]));
        hub.Arguments = $"--bookings '{file}'";
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        BookingsReport held = await HeldAsync(watcher, 3);
        Assert.Equal(["4712"], held.Rejected.Select(r => r.Booking));

        string id = TestUnit.NewId();
        CommandMessage comes = TestUnit.Envelope(id, new CheckIn(id, CheckInBy.Number, "4711", null, default));
        byte[] ticket = await dispenser.SendAsync(comes);
        Assert.Equal("A001", TestUnit.Read(ticket).Ticket?.Label);
        Assert.NotNull(TestUnit.Read(ticket).Ticket?.AppointmentLocal);

        hub.Kill();
        await hub.StartAgainAsync();
        Assert.Equal(ticket, await dispenser.SendAsync(comes));
        string second = TestUnit.NewId();
        ReplyMessage again = TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(second, new CheckIn(second, CheckInBy.Number, "4711", null, default))));
        Assert.Equal(Refusal.BookingUsedBefore, again.Refusal);

        await WriteAsync(file, new BookingsMessage(1, 4, null, []));
        Assert.Equal(["4711"], (await HeldAsync(watcher, 4)).Kept);
        // As a list that was made anew from nothing is: nobody is to wonder why its bookings are not known.
        await WriteAsync(file, new BookingsMessage(1, 1, null, [new Booking("4713", "general", slot)]));
        await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "bookings" && f.Sentence.Contains("says version 1", StringComparison.Ordinal)));
        (int code, string history) = await hub.CommandAsync("journal", "case", hub.Journal, "case-9");
        Assert.Equal(0, code);
        Assert.Contains("A001", history, StringComparison.Ordinal);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task A_branch_changes_over_to_a_live_queue_in_mid_day_and_back()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        ReplyMessage open = await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));

        await ChangeAsync(hub, 2, branch => branch["hall"] = JsonNode.Parse("""{"mode": "live"}"""));
        Assert.Equal("liveQueue", (await UntilAsync(() => dispenser.TicketAsync(), r => r.Refusal is not null)).Refusal!.Code);
        ReplyMessage called = await keypad.DoAsync(new CallNext("c1", open.Counter!.Version, default));
        Assert.Equal(("A001", CounterPhase.Called), (called.Counter!.Label, called.Counter.Phase));
        ReplyMessage arrived = await keypad.DoAsync(new Arrive("c1", called.Counter.Version, default));
        ReplyMessage live = await keypad.DoAsync(new CallNext("c1", arrived.Counter!.Version, default));
        Assert.Equal(CounterPhase.Serving, live.Counter!.Phase);
        Assert.DoesNotContain((await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Seq >= live.Seq)).Calls, c => c.Label == live.Counter.Label);

        await ChangeAsync(hub, 3, branch => branch.Remove("hall"));
        ReplyMessage ticket = await UntilAsync(() => dispenser.TicketAsync(), r => r.Refusal is null);
        ReplyMessage next = await keypad.DoAsync(new CallNext("c1", live.Counter.Version, default));
        Assert.Equal((ticket.Ticket!.Label, CounterPhase.Called), (next.Counter!.Label, next.Counter.Phase));
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task An_operator_brings_their_own_work_profile_to_any_counter()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await ChangeAsync(hub, 2, branch =>
        {
            branch["workProfiles"]!.AsArray().Add(JsonNode.Parse("""{"id": "adviser", "services": ["advice"]}"""));
            branch["operators"]!.AsArray().Single(o => (string)o!["id"]! == "vera")!["workProfile"] = "adviser";
            branch["operators"]!.AsArray().Single(o => (string)o!["id"]! == "11")!["workProfile"] = "adviser";
        });
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit first = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit second = await TestUnit.KeypadAsync(hub, 2);
        await dispenser.TicketAsync();
        await dispenser.TicketAsync("advice");
        await dispenser.TicketAsync();

        ReplyMessage byPin = await first.DoAsync(new OpenCounter("c1", "", null, false, default), pin: TestBranch.Pin);
        ReplyMessage advice = await first.DoAsync(new CallNext("c1", byPin.Counter!.Version, default));
        Assert.Equal(("vera", "B001"), (byPin.Counter.Operator, advice.Counter!.Label));
        ReplyMessage byId = await second.DoAsync(new OpenCounter("c2", "11", null, false, default));
        Assert.Equal("nobodyWaiting", (await second.DoAsync(new CallNext("c2", byId.Counter!.Version, default))).Refusal!.Code);

        // Who has none works by the counter's.
        ReplyMessage other = await second.DoAsync(new OpenCounter("c2", "12", null, true, default));
        Assert.Equal("A001", (await second.DoAsync(new CallNext("c2", other.Counter!.Version, default))).Counter!.Label);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task Who_is_called_ahead_is_on_the_board_and_comes_first_and_calls_are_announced_one_after_the_other()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await ChangeAsync(hub, 2, branch =>
        {
            branch["buffers"] = JsonNode.Parse("""[{"id": "front", "workProfile": "all", "zone": "hall", "size": 2, "number": "9", "automatic": true}]""");
            branch["zones"]![0]!["callSpacingSeconds"] = 2;
        });
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit first = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit second = await TestUnit.KeypadAsync(hub, 2);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        ReplyMessage open1 = await first.DoAsync(new OpenCounter("c1", "11", null, false, default));
        ReplyMessage open2 = await second.DoAsync(new OpenCounter("c2", "12", null, false, default));
        await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Precalls?.Count == 2);
        CallsMessage spoken = await watcher.UntilAsync<CallsMessage>(Watcher.Names.Calls("hall"), c => c.Calls.Count == 2);
        Assert.All(spoken.Calls, c => Assert.Equal(("9", "room"), (c.Number, c.Place)));

        Assert.Equal("precalled", (await first.DoAsync(new CallNext("c1", open1.Counter!.Version, default))).Why!.Rule);
        ReplyMessage held = await second.DoAsync(new CallNext("c2", open2.Counter!.Version, default));
        Assert.Equal("A002", held.Counter!.Label);
        BoardMessage both = await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Calls.Count == 2);
        Assert.InRange(both.Calls[0].At - both.Calls[1].At, 2000, 60_000);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task Whoever_was_called_in_somebodys_place_and_put_back_is_on_no_board_and_spoken_to_no_more()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        ReplyMessage at = await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        at = await keypad.DoAsync(new CallNext("c1", at.Counter!.Version, default));
        at = await keypad.DoAsync(new Arrive("c1", at.Counter!.Version, default));
        at = await keypad.DoAsync(new CallNext("c1", at.Counter!.Version, default));
        await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Calls.Any(c => c.Label == "A002"));

        at = await keypad.DoAsync(new Reinstate("c1", at.Counter!.Version, default));

        Assert.Equal(("A001", CounterPhase.Serving), (at.Counter!.Label, at.Counter.Phase));
        BoardMessage board = await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), b => b.Seq >= at.Seq);
        Assert.Equal("A001", Assert.Single(board.Calls).Label);
        Assert.Empty((await watcher.UntilAsync<CallsMessage>(Watcher.Names.Calls("hall"), c => c.Seq >= at.Seq)).Calls);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task A_keypad_changes_what_a_ticket_is_for_and_nobody_changes_it_without_a_counter()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        ReplyMessage ticket = await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));

        Assert.Null((await keypad.DoAsync(new ChangeService(0, "advice", default, "c1", "1"))).Refusal);
        Assert.Equal("mayNotSetPriority", (await keypad.DoAsync(new SetPriority(0, 90, default, "c1", "1"))).Refusal!.Code);
        Assert.Equal("notAllowed", (await keypad.DoAsync(new ChangeService(ticket.Ticket!.Visit, "general", default))).Refusal!.Code);
        Assert.Equal("notAllowed", (await keypad.DoAsync(new ChangeService(0, "general", default, "c2", "1"))).Refusal!.Code);
        Assert.Equal("notAllowed", (await dispenser.DoAsync(new SetPriority(ticket.Ticket.Visit, 99, default))).Refusal!.Code);
    }

    private static async Task<BookingsReport> HeldAsync(Watcher watcher, long version) =>
        await watcher.UntilAsync<BookingsReport>(Watcher.Names.BookingsHeld, b => b.Held == version);

    private static Task WriteAsync(string file, BookingsMessage bookings) =>
        File.WriteAllBytesAsync(file, ContractJson.Write(bookings), TestContext.Current.CancellationToken);

    /// <summary>Another revision of the test branch's file; the hub sees it within two seconds.</summary>
    private static async Task ChangeAsync(HubUnderTest hub, long revision, Action<JsonObject> change)
    {
        JsonObject branch = JsonNode.Parse(TestBranch.Json(revision: revision))!.AsObject();
        change(branch);
        int from = hub.LogLength();
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString(), TestContext.Current.CancellationToken);
        await hub.LoggedAsync($"revision {revision}", from);
    }

    private static async Task<ReplyMessage> UntilAsync(Func<Task<ReplyMessage>> ask, Func<ReplyMessage, bool> wanted)
    {
        ReplyMessage reply = await ask();
        for (int tries = 0; tries < 100 && !wanted(reply); tries++)
        {
            await Task.Delay(50);
            reply = await ask();
        }

        return reply;
    }
}
