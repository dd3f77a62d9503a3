using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Locking;

/// <summary>
/// Tells the hub once that a console was locked or unlocked: the same command again until its answer comes, as every unit does,
/// under the console's own name and certificate. Then it is gone again.
/// </summary>
internal sealed class ConsoleSwitch(NodeFile file, TimeProvider time)
{
    /// <summary>Nobody hears a command when the hub is away: it is told again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly UnitAddress address = new(file.Node, file.Unit.Unit);
    private readonly Topics topics = new(file.Branch);
    private readonly string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly TaskCompletionSource<ReplyMessage> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The broker will never take it.</summary>
    public bool Forbidden { get; private set; }

    /// <summary>Why the broker was not reached, or did not take the command; null: it did.</summary>
    public string? Trouble { get; private set; } = "the broker was not reached";

    /// <param name="wanted">So long it is tried; then it is withdrawn.</param>
    /// <returns>The hub's answer; null: it has not answered, or a newer order of this console has taken over.</returns>
    public async Task<ReplyMessage?> TellAsync(bool locked, TimeSpan wanted, CancellationToken cancellation)
    {
        var turn = new ConsoleTurn(file.State, id);
        turn.Take();
        await using var connection = new MqttConnection(new MqttOptions
        {
            Host = file.Broker.Host,
            Port = file.Broker.Port,
            ClientId = address.ClientId,
            Tls = new MqttTls(file.Broker.Authority, file.Broker.Certificate, file.Broker.Key),
            Subscriptions = [topics.Reply(address)],
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (running, listening) = (connection.RunAsync(stop.Token), ListenAsync(connection));
        try
        {
            var command = new CommandMessage(1, id, null, new LockConsole(file.Unit.Console!.Counter, locked, default));
            var began = time.GetTimestamp();
            while (time.GetElapsedTime(began) < wanted && turn.IsNewest && !Forbidden)
            {
                if (await SayAsync(connection, command, cancellation) is { } reply)
                {
                    return reply;
                }
            }

            // Published, so it may yet happen: the hub says what became of it, or buries it.
            return turn.IsNewest && !Forbidden ? await SayAsync(connection, command with { Command = null, Withdraw = true }, cancellation) : null;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ReplyMessage?> SayAsync(MqttConnection connection, CommandMessage message, CancellationToken cancellation)
    {
        if (connection.Status.Connected)
        {
            var outcome = await connection.PublishAsync(new MqttPublication(topics.Command(address), ContractJson.Write(message), Expiry: Again + Again));
            Forbidden = outcome == PublishOutcome.Refused;
            Trouble = outcome switch
            {
                PublishOutcome.Accepted => null,
                PublishOutcome.Refused => "the broker refused the command: its access list does not know this certificate as this node",
                PublishOutcome.NobodySubscribed => "the hub is away",
                _ => "the connection broke",
            };
        }
        else
        {
            Trouble = connection.Status.LastFailure ?? Trouble;
        }

        if (Forbidden)
        {
            return null;
        }

        // Not connected yet: soon. Told: the answer takes milliseconds.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pause = connection.Status.Connected ? Again : TimeSpan.FromMilliseconds(50);
        await Task.WhenAny(answered.Task, Task.Delay(pause, time, enough.Token));
        await enough.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return answered.Task.IsCompletedSuccessfully ? answered.Task.Result : null;
    }

    private async Task ListenAsync(MqttConnection connection)
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttMessage message && ContractJson.TryRead<ReplyMessage>(message.Payload.Span, out var reply, out _) && reply.Id == id)
            {
                answered.TrySetResult(reply);
            }
        }
    }
}
