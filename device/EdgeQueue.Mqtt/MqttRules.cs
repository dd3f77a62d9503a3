using System.Text;

namespace EdgeQueue.Mqtt;

/// <summary>What a caller must not ask for; checked at the call, where the bug is, and not later on the network thread.</summary>
internal static class MqttRules
{
    public static void Check(MqttOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Host);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ClientId);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, 1, nameof(options.Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, ushort.MaxValue, nameof(options.Port));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeepAlive, TimeSpan.FromSeconds(5), nameof(options.KeepAlive));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.KeepAlive, TimeSpan.FromSeconds(ushort.MaxValue), nameof(options.KeepAlive));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InboundCapacity, 16, nameof(options.InboundCapacity));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OutboundCapacity, 1, nameof(options.OutboundCapacity));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.OutboundCapacity, 60_000, nameof(options.OutboundCapacity));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumPacketSize, 64, nameof(options.MaximumPacketSize));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FirstRetry, TimeSpan.Zero, nameof(options.FirstRetry));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestRetry, options.FirstRetry, nameof(options.LongestRetry));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ConnectTimeout, TimeSpan.Zero, nameof(options.ConnectTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SessionExpiry, TimeSpan.Zero, nameof(options.SessionExpiry));
        if (options.Will is { } will)
        {
            Check(will);
        }
    }

    public static void Check(MqttPublication publication)
    {
        string topic = publication.Topic;
        if (topic.Length == 0 || topic.AsSpan().ContainsAny('+', '#', '\0') || Encoding.UTF8.GetByteCount(topic) > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"'{topic}' cannot be published to: a topic has 1 to 65,535 bytes and no +, # or NUL (MQTT 5.0 §4.7).", nameof(publication));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(publication.QoS, nameof(publication.QoS));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(publication.QoS, 1, nameof(publication.QoS));
        if (publication.Expiry is { } expiry)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(expiry, TimeSpan.FromSeconds(1), nameof(publication.Expiry));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(expiry, TimeSpan.FromSeconds(uint.MaxValue), nameof(publication.Expiry));
        }
    }
}
