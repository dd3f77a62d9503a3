using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Tests.Tool;

/// <summary>Ports for servers that are killed and come back on theirs.</summary>
public sealed class FreePortsTests
{
    [Fact]
    public void A_port_that_nobody_listens_on_yet_is_given_to_nobody_else()
    {
        int[] given = [.. Enumerable.Range(0, 400).SelectMany(_ => FreePorts.Take(3))];

        Assert.Equal(given.Length, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 10_240, 32_767));
    }
}
