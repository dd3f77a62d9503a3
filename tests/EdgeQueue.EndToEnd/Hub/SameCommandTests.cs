using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Law 3: same command twice, one effect.</summary>
public sealed class SameCommandTests
{
    [Fact]
    public async Task A_repeated_press_gets_the_same_bytes_also_after_the_hub_was_killed()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        string press = TestUnit.NewId();
        CommandMessage message = TestUnit.Envelope(press, new IssueTicket(press, "general", null, null, null, default));

        byte[] first = await dispenser.SendAsync(message);
        byte[] second = await dispenser.SendAsync(message);
        hub.Kill();
        await hub.StartAgainAsync();
        byte[] third = await dispenser.SendAsync(message);

        Assert.Equal("A001", TestUnit.Read(first).Ticket!.Label);
        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.Single(await hub.ExportAsync(), e => e.Contains("ticketIssued", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_is_repeated_with_the_same_bytes()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        CommandMessage message = TestUnit.Envelope(TestUnit.NewId(), new CallNext("c1", 1, default));

        byte[] first = await keypad.SendAsync(message);
        byte[] second = await keypad.SendAsync(message);

        Assert.Equal("nobodyWaiting", TestUnit.Read(first).Refusal!.Code);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task An_id_that_was_used_for_another_command_is_refused()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        string id = TestUnit.NewId();
        byte[] first = await keypad.SendAsync(TestUnit.Envelope(id, new OpenCounter("c1", "11", null, false, default)));

        byte[] reply = first;
        for (int i = 0; i < 10 && reply.AsSpan().SequenceEqual(first); i++)
        {
            // The answer to a repeat of the first may still be on its way.
            reply = await keypad.SendAsync(TestUnit.Envelope(id, new CloseCounter("c1", 1, default)));
        }

        Assert.Equal("idReused", TestUnit.Read(reply).Refusal!.Code);
    }

    [Fact]
    public async Task A_withdrawn_press_that_comes_later_has_no_effect_even_after_a_kill()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        string press = TestUnit.NewId();

        ReplyMessage withdrawn = TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(press, null, withdraw: true)));
        hub.Kill();
        await hub.StartAgainAsync();
        ReplyMessage late = TestUnit.Read(await dispenser.SendAsync(
            TestUnit.Envelope(press, new IssueTicket(press, "general", null, null, null, default))));

        Assert.Equal("withdrawn", withdrawn.Refusal!.Code);
        Assert.Equal("withdrawn", late.Refusal!.Code);
        Assert.DoesNotContain(await hub.ExportAsync(), e => e.Contains("ticketIssued", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_press_withdrawn_after_it_took_effect_is_answered_with_what_it_did()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        string press = TestUnit.NewId();

        byte[] done = await dispenser.SendAsync(TestUnit.Envelope(press, new IssueTicket(press, "general", null, null, null, default)));
        byte[] withdrawn = await dispenser.SendAsync(TestUnit.Envelope(press, null, withdraw: true));

        Assert.Equal(done, withdrawn);
    }
}
