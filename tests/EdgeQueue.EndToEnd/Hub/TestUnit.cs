using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;
using Topics = EdgeQueue.Core.Contracts.Topics;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>The bare wire side of a node's unit: commands with ids, replies as bytes.</summary>
internal sealed class TestUnit : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Topics Names = new(Broker.Branch);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _waiting = new();
    private readonly UnitAddress _address;
    private readonly MqttConnection _connection;
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private readonly Task _reading;

    private TestUnit(Broker broker, string node, string unit)
    {
        _address = new UnitAddress(node, unit);
        _connection = new MqttConnection(broker.Options(node, Names.Reply(_address)) with { ClientId = _address.ClientId });
        _running = _connection.RunAsync(CancellationToken.None);
        _reading = ReadAsync();
    }

    /// <summary>As the journal names it.</summary>
    public string Unit => $"{_address.Node}/{_address.Unit}";

    public static async Task<TestUnit> ConnectAsync(Broker broker, string node, string unit)
    {
        var made = new TestUnit(broker, node, unit);
        await made._up.Task.WaitAsync(Patience);
        return made;
    }

    public static Task<TestUnit> KeypadAsync(HubUnderTest hub, int counter) => ConnectAsync(hub.Broker, $"desk-{counter}", "keypad");

    public static Task<TestUnit> DispenserAsync(HubUnderTest hub) => ConnectAsync(hub.Broker, "door", "tickets");

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static CommandMessage Envelope(string id, Command? command, JournalPosition? seen = null, bool withdraw = false, string? pin = null) =>
        new(1, id, seen, command, withdraw, pin);

    public async Task<ReplyMessage> DoAsync(Command command, JournalPosition? seen = null, string? pin = null)
    {
        string id = command is IssueTicket ticket ? ticket.Press : NewId();
        return Read(await SendAsync(Envelope(id, command, seen, pin: pin)));
    }

    public Task<ReplyMessage> TicketAsync(string service = "general", JournalPosition? seen = null) =>
        DoAsync(new IssueTicket(NewId(), service, null, null, null, default), seen);

    /// <summary>Repeats the same bytes until the reply comes, as a node does.</summary>
    public async Task<byte[]> SendAsync(CommandMessage message)
    {
        var reply = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[message.Id] = reply;
        byte[] bytes = ContractJson.Write(message);
        for (var began = System.Diagnostics.Stopwatch.StartNew(); began.Elapsed < Patience;)
        {
            await _connection.PublishAsync(new MqttPublication(Names.Command(_address), bytes));
            if (await Task.WhenAny(reply.Task, Task.Delay(500)) == reply.Task)
            {
                return await reply.Task;
            }
        }

        throw new TimeoutException($"no reply to {Encoding.UTF8.GetString(bytes)}; {_connection.Status}");
    }

    public Task<PublishOutcome> SayRawAsync(string text) =>
        _connection.PublishAsync(new MqttPublication(Names.Command(_address), Encoding.UTF8.GetBytes(text)));

    public Task<PublishOutcome> SayRetainedAsync(CommandMessage message) =>
        _connection.PublishAsync(new MqttPublication(Names.Command(_address), ContractJson.Write(message), Retain: true));

    public Task<PublishOutcome> StatusAsync(NodeStatusMessage status) =>
        _connection.PublishAsync(new MqttPublication(Names.NodeStatus(_address), ContractJson.Write(status), Retain: true));

    public Task<PublishOutcome> RawStatusAsync(string text) =>
        _connection.PublishAsync(new MqttPublication(Names.NodeStatus(_address), Encoding.UTF8.GetBytes(text), Retain: true));

    public static ReplyMessage Read(byte[] reply) => JsonOf<ReplyMessage>(reply);

    public static T JsonOf<T>(ReadOnlyMemory<byte> json)
        where T : class
    {
        Assert.True(ContractJson.TryRead(json.Span, out T? value, out string? fault), fault);
        return value;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _running;
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (MqttArrival arrival in _connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttConnected)
            {
                _up.TrySetResult();
            }
            else if (arrival is MqttMessage message && _waiting.TryGetValue(Read(message.Payload.ToArray()).Id, out TaskCompletionSource<byte[]>? reply))
            {
                reply.TrySetResult(message.Payload.ToArray());
            }
        }
    }
}
