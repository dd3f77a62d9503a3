using EdgeQueue.Mqtt;

namespace EdgeQueue.Tests.Mqtt;

public sealed class MqttRulesTests
{
    private static readonly MqttOptions Good = new() { Host = "hub", Port = 8883, ClientId = "keypad-1/a" };

    public static TheoryData<string, MqttOptions> Wrong => new()
    {
        { "no host", Good with { Host = " " } },
        { "no client id", Good with { ClientId = "" } },
        { "port 0", Good with { Port = 0 } },
        { "port too large", Good with { Port = 65536 } },
        { "a keep-alive that the library refuses", Good with { KeepAlive = TimeSpan.FromSeconds(4) } },
        { "more publications than message ids", Good with { OutboundCapacity = 65_536 } },
        { "no room for arrivals", Good with { InboundCapacity = 0 } },
        { "retries without a pause", Good with { FirstRetry = TimeSpan.Zero } },
        { "a longest retry below the first", Good with { LongestRetry = TimeSpan.FromMilliseconds(1) } },
        { "a will with a wildcard", Good with { Will = new("node/+/status", default) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_that_cannot_work_are_refused_where_they_are_given(string what, MqttOptions options)
    {
        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(() => MqttRules.Check(options));
    }

    [Fact]
    public void Options_that_can_work_are_taken() => MqttRules.Check(Good);

    [Theory]
    [InlineData(0.5)]
    [InlineData(5e9)]
    public void An_expiry_that_MQTT_cannot_say_is_refused(double seconds) =>
        Assert.ThrowsAny<ArgumentException>(
            () => MqttRules.Check(new MqttPublication("a/b", default, Expiry: TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Only_QoS_0_and_1_are_known(int qos) =>
        Assert.ThrowsAny<ArgumentException>(() => MqttRules.Check(new MqttPublication("a/b", default, QoS: qos)));
}
