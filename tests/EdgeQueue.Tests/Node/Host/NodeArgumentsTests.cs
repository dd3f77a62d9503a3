using EdgeQueue.Node.Host;

namespace EdgeQueue.Tests.Node.Host;

public sealed class NodeArgumentsTests
{
    [Theory]
    [InlineData("device", "After 'device' comes --config DEVICE")]
    [InlineData("device --unit x", "After 'device' comes --config DEVICE")]
    [InlineData("printer", "or 'device'")]
    [InlineData("dispenser --file x", "After the role comes --config FILE")]
    public void What_is_missing_is_said_of_the_word_that_was_typed(string typed, string sentence)
    {
        var (arguments, fault) = NodeArguments.Parse(typed.Split(' '));

        Assert.Null(arguments);
        Assert.Contains(sentence, fault, StringComparison.Ordinal);
    }
}
