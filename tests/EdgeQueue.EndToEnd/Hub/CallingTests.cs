using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Law 2: one writer.</summary>
public sealed class CallingTests
{
    [Fact]
    public async Task Keypads_pressed_at_once_call_different_people()
    {
        const int Counters = 4, Rounds = 10;
        await using HubUnderTest hub = await HubUnderTest.StartAsync(Counters);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        TestUnit[] keypads = await Task.WhenAll(Enumerable.Range(1, Counters).Select(i => TestUnit.KeypadAsync(hub, i)));
        for (int i = 0; i < Counters * Rounds; i++)
        {
            Assert.NotNull((await dispenser.TicketAsync()).Ticket);
        }

        for (int i = 0; i < Counters; i++)
        {
            Assert.Null((await keypads[i].DoAsync(new OpenCounter($"c{i + 1}", $"{11 + i}", null, false, default))).Refusal);
        }

        var called = new List<string>();
        long[] version = [.. Enumerable.Repeat(1L, Counters)];
        for (int round = 0; round < Rounds; round++)
        {
            ReplyMessage[] replies = await Task.WhenAll(keypads.Select((k, i) => k.DoAsync(new CallNext($"c{i + 1}", version[i], default))));
            called.AddRange(replies.Select(r => r.Counter!.Label!));
            replies = await Task.WhenAll(keypads.Select((k, i) => k.DoAsync(new Arrive($"c{i + 1}", replies[i].Counter!.Version, default))));
            version = [.. replies.Select(r => r.Counter!.Version)];
        }

        Assert.Equal(Counters * Rounds, called.Distinct().Count());
        for (int i = 0; i < Counters; i++)
        {
            string label = called[^(Counters - i)];
            await watcher.CounterAsync($"c{i + 1}", c => c.Label == label && c.Phase == Core.Contracts.Messages.CounterPhase.Serving);
        }

        foreach (TestUnit keypad in keypads)
        {
            await keypad.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_double_press_never_skips_a_person()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));

        ReplyMessage[] replies = await Task.WhenAll(
            keypad.DoAsync(new CallNext("c1", 1, default)), keypad.DoAsync(new CallNext("c1", 1, default)));

        Assert.Single(replies, r => r.Refusal is null);
        Assert.Single(replies, r => r.Refusal?.Code == "counterMovedOn" && r.Counter!.Label == "A001");
    }

    [Fact]
    public async Task A_repeated_call_is_spoken_in_the_wider_zone_too()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        ReplyMessage first = await keypad.DoAsync(new CallNext("c1", 1, default));
        CallsMessage hall = await watcher.UntilAsync<CallsMessage>(Watcher.Names.Calls("hall"), c => c.Calls.Count == 1);
        Assert.Equal(first.Seq, hall.Calls[0].Seq);
        Assert.Empty(TestUnit.JsonOf<CallsMessage>(watcher.Latest(Watcher.Names.Calls("house"))).Calls);

        ReplyMessage second = await keypad.DoAsync(new Recall("c1", first.Counter!.Version, default));

        CallsMessage house = await watcher.UntilAsync<CallsMessage>(Watcher.Names.Calls("house"), c => c.Calls.Count == 1);
        Assert.Equal((second.Seq, 2), (house.Calls[0].Seq, house.Calls[0].Times));
        hub.Kill();
        await hub.StartAgainAsync();
        house = await watcher.UntilAsync<CallsMessage>(Watcher.Names.Calls("house"), c => c.Calls.Count == 1);
        Assert.Equal(second.Seq, house.Calls[0].Seq);
    }

    [Fact]
    public async Task A_keypad_speaks_only_for_its_own_counter()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);

        ReplyMessage reply = await keypad.DoAsync(new OpenCounter("c2", "12", null, false, default));
        ReplyMessage ticket = await keypad.TicketAsync();

        Assert.Equal("notAllowed", reply.Refusal!.Code);
        Assert.Equal("notAllowed", ticket.Refusal!.Code);
    }

    [Fact]
    public async Task The_PIN_says_who_signs_in_and_wrong_ones_are_slowed_down()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        Assert.Equal("pinNeeded", (await keypad.DoAsync(new OpenCounter("c1", "vera", null, false, default))).Refusal!.Code);

        ReplyMessage open = await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: TestBranch.Pin);
        Assert.Equal("vera", open.Counter!.Operator);

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("pinWrong", (await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: "0000")).Refusal!.Code);
        }

        Assert.Equal("pinThrottled", (await keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: TestBranch.Pin)).Refusal!.Code);
        Assert.DoesNotContain(TestBranch.Pin, hub.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(await hub.ExportAsync(), e => e.Contains("\"pin\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_PINs_at_once_are_not_tried_before_the_first_wrong_one_is_counted()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);

        ReplyMessage[] replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            keypad.DoAsync(new OpenCounter("c1", "", null, false, default), pin: $"{i:0000}")));

        Assert.InRange(replies.Count(r => r.Refusal!.Code == "pinWrong"), 1, 5);
    }
}
