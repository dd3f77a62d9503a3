using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Whoever was passed over is told why, from the journal of a hub that goes on working.</summary>
public sealed class ExplainTests
{
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

        (int code, string said) = await hub.CommandAsync("journal", "explain", hub.Journal, first);
        (int unknown, string nobody) = await hub.CommandAsync("journal", "explain", hub.Journal, "Z999");

        Assert.True(code == 0, said);
        Assert.Contains($"ticketIssued, from {dispenser.Unit}", said, StringComparison.Ordinal);
        Assert.Contains($"visitCalled, to counter c1 by 11, from {keypad.Unit}", said, StringComparison.Ordinal);
        Assert.Contains("by the rule '", said, StringComparison.Ordinal);
        Assert.Contains($"before {second}: ", said, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown);
        Assert.Contains("No visit", nobody, StringComparison.Ordinal);
    }
}
