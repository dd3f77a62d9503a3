using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>One unit that speaks the contract by itself, over its own TLS connection: a command goes out until its reply comes.</summary>
/// <param name="copies">How often each command is delivered at once: 2 plays a broker that delivers twice.</param>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterBusy = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly EdgeQueue.Core.Contracts.Topics _topics;
    private readonly MqttConnection _connection;
    private readonly int _copies;
    private readonly Task _running;
    private readonly Task _listening;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ReplyMessage>> _waiting = new();
    private readonly ConcurrentQueue<(string Id, byte[] Command)> _sent = new();
    private readonly ConcurrentDictionary<string, byte[]> _answers = new();
    private int _different;

    public Desk(ManyDesks branch, UnitAddress unit, int copies = 1)
    {
        Unit = unit;
        _copies = copies;
        _topics = branch.Branch.Topics;
        _connection = new MqttConnection(branch.Broker.Options(unit.Node, _topics.Reply(unit)) with { ClientId = unit.ClientId });
        _running = _connection.RunAsync(CancellationToken.None);
        _listening = Task.Run(ListenAsync);
    }

    public UnitAddress Unit { get; }

    /// <summary>Of the counter, as the last answer said.</summary>
    public long Seen { get; private set; }

    /// <summary>Every command that was sent, as it was sent.</summary>
    public IReadOnlyCollection<(string Id, byte[] Command)> Sent => _sent;

    /// <summary>The first answer to each id, byte for byte.</summary>
    public IReadOnlyDictionary<string, byte[]> Answers => _answers;

    /// <summary>Answers that differed from the first one to the same accepted command.</summary>
    public int DifferentAnswers => Volatile.Read(ref _different);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public Task<ReplyMessage> AskAsync(Command command, string? id = null)
    {
        id ??= NewId();
        byte[] bytes = ContractJson.Write(new CommandMessage(1, id, null, command));
        _sent.Enqueue((id, bytes));
        return SendAsync(id, bytes);
    }

    /// <summary>Sends the same bytes (again).</summary>
    public async Task<ReplyMessage> SendAsync(string id, byte[] bytes)
    {
        var answer = _waiting[id] = new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        long began = Environment.TickCount64;
        while (true)
        {
            for (int copy = 0; copy < _copies; copy++)
            {
                await _connection.PublishAsync(new MqttPublication(_topics.Command(Unit), bytes));
            }

            if (await Task.WhenAny(answer.Task, Task.Delay(RepeatAfter)) == answer.Task)
            {
                ReplyMessage reply = await answer.Task;
                if (!IsBusy(reply))
                {
                    Seen = reply.Counter?.Version ?? Seen;
                    return reply;
                }

                answer = _waiting[id] = new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
                await Task.Delay(AfterBusy);
            }

            Assert.True(Environment.TickCount64 - began < Patience.TotalMilliseconds, $"{Unit} got no answer to {id}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _running;
        await _listening;
    }

    /// <summary>Nothing was looked at: it is sent again.</summary>
    private static bool IsBusy(ReplyMessage reply) => reply.Refusal?.Code == "busy";

    private async Task ListenAsync()
    {
        await foreach (MqttArrival arrival in _connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttMessage message && ContractJson.TryRead(message.Payload.Span, out ReplyMessage? reply, out _))
            {
                if (IsBusy(reply))
                {
                    _waiting.GetValueOrDefault(reply.Id)?.TrySetResult(reply);
                    continue;
                }

                byte[] bytes = message.Payload.ToArray();
                byte[] first = _answers.GetOrAdd(reply.Id, bytes);
                if (!first.AsSpan().SequenceEqual(bytes))
                {
                    Interlocked.Increment(ref _different);
                }

                _waiting.GetValueOrDefault(reply.Id)?.TrySetResult(reply);
            }
        }
    }
}
