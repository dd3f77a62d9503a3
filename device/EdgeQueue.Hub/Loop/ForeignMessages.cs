using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Presence;
using EdgeQueue.Hub.Publishing;
using EdgeQueue.Hub.Web;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// What the hub hears beside commands: the status of nodes, and its own topics. The connection does not give back what this
/// hub says itself (No Local), so whatever arrives there is either what the broker had kept, or somebody else's.
/// </summary>
public sealed class ForeignMessages(
    string journal, UnitPresence presence, JournalGuard guard, StatePublisher publisher, Outbox outbox, HubMetrics metrics,
    Complaints complaints, Func<Moment> now)
{
    private const int MaximumBytes = 64 * 1024;

    /// <summary>The configuration in force.</summary>
    public LoadedBranch Branch { get; set; } = null!;

    /// <summary>Another hub spoke on <c>branch/status</c>, at this time.</summary>
    public Moment? SecondHub { get; private set; }

    /// <summary>The status of a unit changed, or somebody overwrote ours: say <c>branch/status</c> now.</summary>
    public bool StatusDue { get; set; }

    public void Unknown(string topic) => Reject("foreign", topic, "not a topic of this branch's contract");

    public void RetainedCommand(UnitAddress from) =>
        Reject("retained", from.ToString(), "a command that the broker kept is not carried out; clear it from the broker");

    public void Take(MqttMessage message, TopicAddress address)
    {
        switch (address.Kind)
        {
            case TopicKind.NodeStatus:
                TakeStatus(message, address.Unit!);
                break;
            case TopicKind.BranchStatus:
                TakeBranchStatus(message);
                break;
            default:
                TakeOwn(message);
                break;
        }
    }

    private void TakeStatus(MqttMessage message, UnitAddress unit)
    {
        bool ours = Branch.TryGetUnit(unit, out _);
        if (message.Payload.IsEmpty && !ours)
        {
            presence.Forget(unit);
            StatusDue = true;
        }
        else if (message.Payload.IsEmpty)
        {
            // Whoever goes says so in words, and so does its will.
            Reject("malformed", unit.ToString(), "an empty status");
        }
        else if (!ours)
        {
            // Retained by a unit that is configured no longer. One that still runs says it again, and is counted.
            Reject("foreign", unit.ToString(), HubRefusals.UnknownUnit(unit).Sentence);
            if (message.Retained)
            {
                outbox.Retain(message.Topic, default);
            }
        }
        else if (message.Payload.Length > MaximumBytes)
        {
            Reject("oversized", unit.ToString(), $"a status of {message.Payload.Length} bytes");
        }
        else if (!ContractJson.TryRead(message.Payload.Span, out NodeStatusMessage? status, out string? fault))
        {
            Reject("malformed", unit.ToString(), fault);
        }
        else
        {
            guard.Check(status.Seen, unit);
            presence.Heard(unit, status, now());
            StatusDue = true;
        }
    }

    private void TakeBranchStatus(MqttMessage message)
    {
        if (message.Payload.IsEmpty || !ContractJson.TryRead(message.Payload.Span, out BranchStatusMessage? status, out _))
        {
            Reject("foreign", message.Topic, "branch/status is this hub's");
            StatusDue = true;
            return;
        }

        // The broker remembers what a hub with more of this journal has said: then ours is an older copy.
        guard.CheckKept(new JournalPosition(status.Journal, status.Seq));
        if (!message.Retained)
        {
            StatusDue = true;
            if (status.Online)
            {
                SecondHub = now();
                Reject("foreign", message.Topic, $"another hub speaks for this branch, with {(status.Journal == journal ? "the same" : "another")} journal");
            }
        }
    }

    private void TakeOwn(MqttMessage message)
    {
        if (message.Retained)
        {
            // After a crash branch/status is the will, as old as the connection; these topics are as new as the last commit.
            guard.CheckKept(PositionOf(message.Payload.Span));
            if (!publisher.Keeps(message.Topic) && !message.Payload.IsEmpty)
            {
                outbox.Retain(message.Topic, default);
            }

            return;
        }

        if (publisher.Keeps(message.Topic))
        {
            Reject("foreign", message.Topic, "only the hub writes there; it says its state again");
            publisher.SayAgain(message.Topic);
        }
        else if (!message.Payload.IsEmpty)
        {
            Reject("foreign", message.Topic, "nothing of that name is configured");
        }
    }

    /// <summary>Journal and seq that all retained messages carry; null: it has none.</summary>
    private static JournalPosition? PositionOf(ReadOnlySpan<byte> payload)
    {
        string? journal = null;
        long? seq = null;
        var reader = new Utf8JsonReader(payload);
        try
        {
            while ((journal is null || seq is null) && reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.ValueTextEquals("journal"u8) && reader.Read())
                {
                    journal = reader.GetString();
                }
                else if (reader.ValueTextEquals("seq"u8) && reader.Read())
                {
                    seq = reader.GetInt64();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }

        return journal is not null && seq is { } number ? new JournalPosition(journal, number) : null;
    }

    private void Reject(string kind, string source, string sentence)
    {
        metrics.Rejected(kind, source);
        complaints.Say(kind, source, sentence);
    }
}
