using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_node_with_a_certificate_of_the_branch_connects()
    {
        await using Broker broker = await Broker.StartAsync();
        await using var keypad = Link.Start(broker.Options("keypad-1", Topics.Of("counter/#")));

        var connected = await keypad.ExpectAsync<MqttConnected>();

        Assert.Equal(1, connected.Generation);
        Assert.True(keypad.Connection.Status.Connected);
    }
}
