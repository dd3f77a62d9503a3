using System.Text;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Mqtt;

/// <summary>A running connection of a test, and what arrived from it.</summary>
public sealed class Link : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Task _running;

    private Link(MqttOptions options)
    {
        Connection = new MqttConnection(options);
        _running = Connection.RunAsync(CancellationToken.None);
    }

    public MqttConnection Connection { get; }

    public static Link Start(MqttOptions options) => new(options);

    /// <summary>Started, and connected.</summary>
    public static async Task<Link> UpAsync(MqttOptions options)
    {
        var link = new Link(options);
        await link.ExpectAsync<MqttConnected>();
        return link;
    }

    public Task<PublishOutcome> SayAsync(string topic, string text, bool retain = false, TimeSpan? expiry = null) =>
        Connection.PublishAsync(new(topic, Encoding.UTF8.GetBytes(text), retain, Expiry: expiry));

    /// <summary>The next arrival; it must be a <typeparamref name="T"/>.</summary>
    public async Task<T> ExpectAsync<T>()
        where T : MqttArrival
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return Assert.IsType<T>(await Connection.Arrivals.ReadAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {typeof(T).Name} within {Patience}; the connection says {Connection.Status}");
        }
    }

    /// <summary>The next arrival, which must be a message, as "topic text".</summary>
    public async Task<string> HearAsync()
    {
        MqttMessage message = await ExpectAsync<MqttMessage>();
        return $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}";
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _running;
    }
}

/// <summary>Topics of the test branch.</summary>
internal static class Topics
{
    public static string Of(string rest) => $"edgequeue/v1/{Broker.Branch}/{rest}";
}
