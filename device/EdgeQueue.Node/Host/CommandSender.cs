using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Node.Host;

/// <summary>
/// Sends commands until the hub has answered, always the same bytes under the same id (DESIGN §7): the broker's PUBACK is
/// not an answer, and a repeat has no second effect (law 3). Repeats every second, less often the longer nobody answers,
/// and at once after a reconnect. Safe from any thread.
/// </summary>
public sealed class CommandSender(
    string topic, SeenPosition seen, Func<MqttPublication, Task<PublishOutcome>> publish, Func<Moment?> branchTime, TimeProvider time, NodeLog log)
{
    /// <summary>How long a key press is wanted: nobody may be called by a press made minutes ago.</summary>
    public static readonly TimeSpan PressWanted = TimeSpan.FromSeconds(3);

    /// <summary>Commands without an answer that one unit may have; more are refused aloud (law 10).</summary>
    public const int MostOutstanding = 64;

    /// <summary>
    /// Refusals with which the hub says nothing about the command, because it cannot decide just now and remembers nothing:
    /// its disk, its journal or its configuration must be mended first. To a press that is still wanted they are the
    /// answer; whatever must be told sooner or later goes on being told.
    /// </summary>
    private static readonly HashSet<string> NotNow =
        new(["diskFault", "journalBehind", "unknownUnit", "unknownVersion", "busy"], StringComparer.Ordinal);

    private readonly Dictionary<string, Repetition> outstanding = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>A key press: wanted for a short time, then withdrawn until the hub has said what became of it.</summary>
    /// <param name="wanted">Null: <see cref="PressWanted"/>.</param>
    public PendingCommand Press(Command command, string? pin = null, TimeSpan? wanted = null)
    {
        var id = CommandId.New();
        return Press(id, command, pin, wanted ?? PressWanted);
    }

    /// <summary>Something that has happened and must be told, whenever the hub is back: repeated for ever.</summary>
    public PendingCommand Insist(Command command)
    {
        var id = CommandId.New();
        return Insist(id, Envelope(id, command, null));
    }

    /// <summary>The same with bytes that the caller has kept, perhaps over a restart (<see cref="Envelope"/> makes them).</summary>
    public PendingCommand Insist(string id, ReadOnlyMemory<byte> envelope) => Start(id, envelope, null);

    /// <summary>A press under an id that the caller knows.</summary>
    public PendingCommand Press(string id, Command command, string? pin, TimeSpan wanted) =>
        Start(id, Envelope(id, command, pin, (branchTime() + wanted)?.Milliseconds), wanted);

    /// <summary>Only asks what became of a press of an earlier life of this process: answered with its reply, or buried.</summary>
    public PendingCommand Withdraw(string id) => Start(id, Withdrawal(id), null);

    /// <summary>The bytes of a command, to be kept and repeated as they are.</summary>
    public ReadOnlyMemory<byte> Envelope(string id, Command command, string? pin) => Envelope(id, command, pin, null);

    /// <summary>
    /// The dispenser gives up waiting for the reply because it has given a number of its own; what it does next
    /// carries the press id and settles the matter at the hub. <see cref="PendingCommand.Final"/> never completes then.
    /// </summary>
    public void Forget(PendingCommand command)
    {
        lock (gate)
        {
            if (outstanding.Remove(command.Id, out var repetition))
            {
                repetition.Timer.Dispose();
            }
        }
    }

    /// <summary>Called by the host: the connection stands, so everything is said again at once.</summary>
    internal void Reconnected()
    {
        Repetition[] all;
        lock (gate)
        {
            all = [.. outstanding.Values];
        }

        foreach (var repetition in all)
        {
            repetition.Sent = 0;
            repetition.Timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Called by the host for each message on the reply topic. False: nobody waits for it (any longer).</summary>
    internal bool Take(ReplyMessage reply)
    {
        Repetition? repetition;
        lock (gate)
        {
            if (!outstanding.TryGetValue(reply.Id, out repetition))
            {
                return false;
            }

            if (repetition.Deadline is null && reply.Refusal is { } refusal && NotNow.Contains(refusal.Code))
            {
                return true;
            }

            outstanding.Remove(reply.Id);
        }

        repetition.Timer.Dispose();
        repetition.Pending.End(reply);
        return true;
    }

    private ReadOnlyMemory<byte> Envelope(string id, Command command, string? pin, long? wantedUntil) =>
        ContractJson.Write(new CommandMessage(1, id, seen.Current, command, Withdraw: false, pin, wantedUntil));

    private ReadOnlyMemory<byte> Withdrawal(string id) =>
        ContractJson.Write(new CommandMessage(1, id, seen.Current, Command: null, Withdraw: true));

    private PendingCommand Start(string id, ReadOnlyMemory<byte> envelope, TimeSpan? wanted)
    {
        var pending = new PendingCommand(id);
        var repetition = new Repetition(pending, envelope, wanted is { } span ? time.GetTimestamp() + Ticks(span) : null);
        repetition.Timer = time.CreateTimer(Tick, repetition, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            if (outstanding.Count >= MostOutstanding)
            {
                repetition.Timer.Dispose();
                log.Warn(NodeEvent.TooManyCommands, $"{MostOutstanding} commands wait for an answer; one more is refused. Is the hub running?");
                pending.End(new NotSent("too many commands wait for an answer"));
                return pending;
            }

            outstanding.Add(id, repetition);
        }

        Tick(repetition);
        return pending;
    }

    private void Tick(object? state)
    {
        var repetition = (Repetition)state!;
        TimeSpan? expiry = null;
        TimeSpan next;
        lock (gate)
        {
            if (!outstanding.ContainsKey(repetition.Pending.Id))
            {
                return;
            }

            if (repetition.Deadline is { } deadline)
            {
                var left = time.GetElapsedTime(time.GetTimestamp(), deadline);
                if (left > TimeSpan.Zero)
                {
                    // Whole seconds, at least one (MQTT 5.0 §3.3.2.3.3).
                    expiry = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(left.TotalSeconds)));
                }
                else if (!repetition.Left && repetition.Leaving == 0)
                {
                    outstanding.Remove(repetition.Pending.Id);
                    repetition.Timer.Dispose();
                    repetition.Pending.End(new NotSent("the hub could not be reached"));
                    return;
                }
                else
                {
                    repetition.Deadline = null;
                    repetition.Sent = 0;
                    repetition.Bytes = Withdrawal(repetition.Pending.Id);
                    repetition.Pending.TooLate();
                }

                next = TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds, 0.001, 1));
            }
            else
            {
                next = TimeSpan.FromSeconds(1);
            }

            // 1 s for ten times, then 2 s, 4 s, … up to 10 s.
            if (repetition.Deadline is null)
            {
                next = TimeSpan.FromSeconds(Math.Min(10, 1 << Math.Clamp(repetition.Sent - 9, 0, 4)));
            }

            repetition.Sent++;
            repetition.Leaving++;
            repetition.Timer.Change(next, Timeout.InfiniteTimeSpan);
        }

        _ = SendAsync(repetition, new MqttPublication(topic, repetition.Bytes, Expiry: expiry));
    }

    private async Task SendAsync(Repetition repetition, MqttPublication publication)
    {
        // A publication that fails without an outcome may have left as well: then it stays counted as leaving.
        var outcome = await publish(publication);
        lock (gate)
        {
            repetition.Leaving--;
            repetition.Left |= outcome != PublishOutcome.NotConnected;
        }

        if (outcome == PublishOutcome.Refused)
        {
            log.WarnOncePerMinute(
                NodeEvent.PublishRefused, topic, $"The broker refuses what is published on {topic}: the certificate's name must be the node's, and the broker's access list must name it.");
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed class Repetition(PendingCommand pending, ReadOnlyMemory<byte> bytes, long? deadline)
    {
        public PendingCommand Pending { get; } = pending;

        public ReadOnlyMemory<byte> Bytes { get; set; } = bytes;

        /// <summary>Time stamp until which the press is wanted; null: for ever, or already withdrawn.</summary>
        public long? Deadline { get; set; } = deadline;

        public int Sent { get; set; }

        /// <summary>May have left this node: from then on only the hub can say that it was not done.</summary>
        public bool Left { get; set; }

        /// <summary>Publications under way: a second one may begin before the first has ended.</summary>
        public int Leaving { get; set; }

        public ITimer Timer { get; set; } = null!;
    }
}
