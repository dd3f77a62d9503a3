using System.Threading.Channels;

namespace EdgeQueue.Mqtt;

/// <summary>
/// One MQTT 5 connection that keeps itself alive: it connects, subscribes, reconnects with back-off and jitter,
/// and tells its owner what happened, in the order in which it happened, through <see cref="Arrivals"/>.
/// </summary>
public interface IMqttConnection : IAsyncDisposable
{
    /// <summary>Connected or not, since when, and the reason of the last failure in words a person can act on.</summary>
    MqttStatus Status { get; }

    /// <summary>
    /// Messages and changes of the connection in one order: messages of a connection come between its
    /// <see cref="MqttConnected"/> and its <see cref="MqttDisconnected"/>. Ends when <see cref="RunAsync"/> has ended.
    /// Bounded: when <see cref="MqttOptions.InboundCapacity"/> are waiting, the network thread stops reading, so that
    /// the pressure goes back to the broker instead of into a silent loss (see the README for what exactly happens).
    /// Read it in a loop of its own, and do not wait there for a publication's outcome: the PUBACK comes in the same
    /// stream, behind the messages that are not read.
    /// </summary>
    ChannelReader<MqttArrival> Arrivals { get; }

    /// <summary>Connects and goes on until cancelled; then says goodbye (which keeps the will from being published).</summary>
    Task RunAsync(CancellationToken cancellation);

    /// <summary>
    /// Says goodbye and connects again at once, with the certificate files as they are then. For a renewed certificate; what is
    /// published meanwhile has <see cref="PublishOutcome.NotConnected"/>. From any thread.
    /// </summary>
    void Reconnect();

    /// <summary>
    /// Publishes once. Completes with the broker's answer (QoS 1: its PUBACK reason code; QoS 0: handed to the network).
    /// While disconnected it completes at once with <see cref="PublishOutcome.NotConnected"/> and nothing is kept:
    /// whoever must not lose a message keeps it himself and repeats it. Publications leave in the order of the calls;
    /// the payload must not change until the task completes.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The topic is empty, too long or has a wildcard, or QoS or expiry are out of range: a bug of the caller.
    /// </exception>
    Task<PublishOutcome> PublishAsync(MqttPublication publication);
}

/// <summary>What came from the connection.</summary>
public abstract record MqttArrival;

/// <summary>The connection stands and all subscriptions are acknowledged.</summary>
/// <param name="Generation">Counts the connections of this process, from 1.</param>
public sealed record MqttConnected(int Generation) : MqttArrival;

/// <summary>The connection is gone; publications without an answer completed with <see cref="PublishOutcome.ConnectionLost"/>.</summary>
public sealed record MqttDisconnected(string Reason) : MqttArrival;

/// <summary>
/// Connecting failed, for a reason that differs from the one told last. Never between <see cref="MqttConnected"/> and
/// <see cref="MqttDisconnected"/>. It is being tried again, with back-off; a program may log it, or ignore it.
/// </summary>
public sealed record MqttConnectFailed(string Reason) : MqttArrival;

/// <summary>A message of one of the subscriptions.</summary>
/// <param name="Retained">True when the broker had kept it (MQTT 5.0 §3.3.1.3).</param>
/// <param name="ReceivedAt">Monotonic time stamp (<see cref="TimeProvider.GetTimestamp"/>) at which the network thread had it.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained, long ReceivedAt) : MqttArrival;

/// <summary>What to publish.</summary>
/// <param name="Expiry">MQTT message expiry interval (MQTT 5.0 §3.3.2.3.3), whole seconds, at least 1; null: never.</param>
public sealed record MqttPublication(
    string Topic, ReadOnlyMemory<byte> Payload, bool Retain = false, int QoS = 1, TimeSpan? Expiry = null);

/// <summary>How a publication ended.</summary>
public enum PublishOutcome
{
    /// <summary>The broker took it (reason code 0).</summary>
    Accepted,

    /// <summary>The broker took it, but nobody was subscribed (reason code 16): it was not delivered.</summary>
    NobodySubscribed,

    /// <summary>The broker refused it (reason code ≥ 128), most often the ACL.</summary>
    Refused,

    /// <summary>It was not sent at all.</summary>
    NotConnected,

    /// <summary>It was sent, the connection broke before the answer: it may have arrived or not.</summary>
    ConnectionLost,

    /// <summary>It was not sent: <see cref="MqttOptions.OutboundCapacity"/> publications are waiting for their answers.</summary>
    QueueFull,
}

/// <summary>The connection as a person would ask for it.</summary>
/// <param name="LastFailure">Kept when the connection stands again.</param>
/// <param name="Generation">Of the last connection; 0 before the first.</param>
/// <param name="Since">Of <paramref name="Connected"/>; monotonic time stamp (<see cref="TimeProvider.GetTimestamp"/>).</param>
public sealed record MqttStatus(bool Connected, string? LastFailure, int Generation, long Since = 0);

/// <summary>How to connect.</summary>
public sealed record MqttOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null: without TLS, for tests of the client itself only.</summary>
    public MqttTls? Tls { get; init; }

    /// <summary>At least 5 s, the least that libmosquitto takes.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    public bool CleanStart { get; init; } = true;

    /// <summary>MQTT 5.0 §3.1.2.11.2; zero ends the session with the connection.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.Zero;

    public MqttPublication? Will { get; init; }

    /// <summary>Topic filters, QoS 1, subscribed anew on every connect before <see cref="MqttConnected"/> is told.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>
    /// Do not hear what this client publishes itself (MQTT 5.0 §3.8.3.1, No Local): for one that watches its own topics for
    /// what others write there.
    /// </summary>
    public bool NoLocal { get; init; }

    /// <summary>
    /// Whoever waits on <see cref="IMqttConnection.Arrivals"/>, or for the outcome of a publication, goes on on the network
    /// thread itself, which spares each message the way through the thread pool. Only for those who never block: the
    /// connection stands still meanwhile.
    /// </summary>
    public bool InlineArrivals { get; init; }

    /// <summary>Arrivals that may wait before the network thread stops reading; at least 16.</summary>
    public int InboundCapacity { get; init; } = 4096;

    /// <summary>Publications that may wait for their answers, 1 to 60,000 (a QoS 1 message id has 16 bits).</summary>
    public int OutboundCapacity { get; init; } = 10_000;

    /// <summary>
    /// Largest packet taken, in bytes. The broker does not send a larger one and tells nobody (MQTT 5.0 §3.1.2.11.4),
    /// so it has to be larger than anything that is ever published to this client.
    /// </summary>
    public int MaximumPacketSize { get; init; } = 256 * 1024;

    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>For name lookup, and again for all from the first TCP packet to the last SUBACK.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Paths of PEM files: the authority that signed the broker, and this client's certificate and key.</summary>
public sealed record MqttTls(string AuthorityFile, string? CertificateFile, string? KeyFile);
