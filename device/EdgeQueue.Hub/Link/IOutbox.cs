using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Hub.Link;

/// <summary>What goes up, and how far it reaches.</summary>
public interface IOutbox
{
    /// <summary>Its random id.</summary>
    string Journal { get; }

    /// <summary>Number of the last event.</summary>
    long Last();

    /// <summary>A batch without events: how far is the cloud?</summary>
    EventBatch Question(long number);

    /// <summary>What follows <paramref name="after"/>, within the bounds of a batch; one event is always in it, however large.</summary>
    /// <returns>Null: there is nothing yet.</returns>
    EventBatch? After(long after, long number);

    /// <summary>The hash of one event; null: there is none of this number.</summary>
    string? HashOf(long seq);
}
