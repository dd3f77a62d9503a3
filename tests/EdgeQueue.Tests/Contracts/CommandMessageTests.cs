using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

public sealed class CommandMessageTests
{
    [Fact]
    public void A_command_is_read_as_it_was_written_but_for_its_time()
    {
        var message = new CommandMessage(
            1, "0123456789abcdef0123456789abcdef", new JournalPosition("j", 7),
            new OpenCounter("c1", "anna", null, false, new Moment(5)));

        var json = Encoding.UTF8.GetString(ContractJson.Write(message));

        Assert.Equal(
            """{"v":1,"id":"0123456789abcdef0123456789abcdef","seen":{"journal":"j","seq":7},"command":{"type":"openCounter","counter":"c1","operator":"anna","takeOver":false},"withdraw":false}""",
            json);
        Assert.True(ContractJson.TryRead<CommandMessage>(Encoding.UTF8.GetBytes(json), out var read, out _));
        Assert.Equal(message with { Command = message.Command! with { At = default } }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":1,"id":"x","command":{"type":"tick"}}""")]
    [InlineData("""{"v":1,"id":"x","command":{"counter":"c1"}}""")]
    [InlineData("""{"v":1,"id":"x","command":{"type":"callNext","seen":1}}""")]
    public void What_is_not_a_command_is_a_fault_with_a_sentence(string json)
    {
        Assert.False(ContractJson.TryRead<CommandMessage>(Encoding.UTF8.GetBytes(json), out _, out var fault));
        Assert.NotEmpty(fault);
    }
}
