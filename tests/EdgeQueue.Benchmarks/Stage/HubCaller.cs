using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Stage;

/// <summary>One node of the branch, played by one TLS connection with the node's own certificate: sends commands as its units, awaits the replies.</summary>
internal sealed class HubCaller : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<ReplyMessage>> waiting = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private readonly MqttConnection connection;
    private readonly Topics topics;
    private readonly string node;
    private Task running = Task.CompletedTask;
    private int disposed;

    public HubCaller(BranchStage stage, string node, params string[] units)
    {
        this.node = node;
        topics = stage.Branch.Topics;
        connection = new MqttConnection(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = stage.BrokerPort,
            ClientId = $"{node}/benchmark",
            Tls = new MqttTls(
                Path.Combine(stage.Certificates, "authority.crt"), Path.Combine(stage.Certificates, node + ".crt"),
                Path.Combine(stage.Certificates, node + ".key")),
            Subscriptions = [.. units.Select(unit => topics.Reply(new UnitAddress(node, unit)))],
            ConnectTimeout = TimeSpan.FromSeconds(30),
        });
    }

    public async Task ConnectAsync()
    {
        running = Task.WhenAll(connection.RunAsync(stop.Token), ReadAsync());
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The reply, accepted or refused. <paramref name="make"/> gets the id, which is a ticket's press.</summary>
    public async Task<ReplyMessage> AskAsync(string unit, Func<string, Command> make)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var reply = waiting[id] = new TaskCompletionSource<ReplyMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var bytes = ContractJson.Write(new CommandMessage(1, id, null, make(id)));
        var outcome = await connection.PublishAsync(new MqttPublication(topics.Command(new UnitAddress(node, unit)), bytes));
        if (outcome != PublishOutcome.Accepted)
        {
            throw new BenchmarkException($"{node}/{unit} could not publish a command: {outcome}. {connection.Status.LastFailure}");
        }

        return await reply.Task.WaitAsync(Patience);
    }

    /// <summary>The same, when a refusal would be a fault of the benchmark.</summary>
    public async Task<ReplyMessage> MustAsync(string unit, Func<string, Command> make)
    {
        var reply = await AskAsync(unit, make);
        return reply.Refusal is null ? reply
            : throw new BenchmarkException($"{node}/{unit} was refused: {reply.Refusal.Code}: {reply.Refusal.Sentence}");
    }

    public Task<ReplyMessage> TakeTicketAsync(string service = BenchBranch.Service) =>
        MustAsync(BenchBranch.Tickets, press => new IssueTicket(press, service, null, null, null, default));

    /// <summary>May be called twice: a benchmark says goodbye before it looks at the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttConnected)
            {
                connected.TrySetResult();
            }
            else if (arrival is MqttMessage message
                && ContractJson.TryRead<ReplyMessage>(message.Payload.Span, out var reply, out _)
                && waiting.TryRemove(reply.Id, out var asked))
            {
                asked.SetResult(reply);
            }
        }
    }
}
