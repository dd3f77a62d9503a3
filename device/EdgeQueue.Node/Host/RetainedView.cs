using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>
/// The latest state of one retained topic. A lower seq of the same journal is an echo and ignored. State of another
/// journal is kept aside until the hub itself says that this journal is in force: then it is the truth at once.
/// </summary>
public sealed class RetainedView<T> : IRetainedView
    where T : class
{
    private readonly Func<T, JournalPosition> position;
    private readonly Action<T?> changed;
    private readonly SeenPosition seen;
    private T? aside;

    internal RetainedView(string topic, Func<T, JournalPosition> position, Action<T?> changed, SeenPosition seen)
    {
        Topic = topic;
        this.position = position;
        this.changed = changed;
        this.seen = seen;
    }

    public string Topic { get; }

    /// <summary>Null: nothing is known, or the hub has cleared the topic because it is no longer configured.</summary>
    public T? Current { get; private set; }

    bool IRetainedView.Known => Current is not null;

    string? IRetainedView.Take(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            (Current, aside) = (null, null);
            changed(null);
            return null;
        }

        if (!ContractJson.TryRead<T>(payload.Span, out var message, out var fault))
        {
            return fault;
        }

        var (journal, seq) = (position(message).Journal, position(message).Seq);
        seen.Noticed(journal, seq);
        if (seen.Current?.Journal != journal)
        {
            aside = message;
        }
        else if (Current is null || position(Current).Journal != journal || position(Current).Seq <= seq)
        {
            Adopt(message);
        }

        return null;
    }

    void IRetainedView.JournalChanged()
    {
        if (aside is { } waiting && position(waiting).Journal == seen.Current?.Journal)
        {
            Adopt(waiting);
        }
    }

    private void Adopt(T message)
    {
        (Current, aside) = (message, null);
        changed(message);
    }
}

/// <summary>What the host does with a view, whatever its type.</summary>
internal interface IRetainedView
{
    string Topic { get; }

    /// <summary>The hub has said what it is, and it is still configured.</summary>
    bool Known { get; }

    /// <summary>The fault in words when the payload is not this topic's message; else null.</summary>
    string? Take(ReadOnlyMemory<byte> payload);

    void JournalChanged();
}
