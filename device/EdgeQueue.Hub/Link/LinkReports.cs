using System.Collections.Concurrent;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Link;

/// <summary>
/// What the hub wants to have said to the cloud and could not be yet: reports, which are made anew on a connection, and replies, which are asked for again.
/// Events and live are said again by themselves; a report is said once, so one that nobody heard is said again: the cloud may come back a moment after the broker.
/// </summary>
/// <param name="reports">Topics of reports.</param>
internal sealed class LinkReports(params string[] reports)
{
    private const int MostToSay = 256;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    private readonly ConcurrentQueue<(string Topic, byte[] Bytes)> _toSay = new();
    private readonly ConcurrentDictionary<string, byte[]> _unheard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _sayAgainAt = new(StringComparer.Ordinal);

    /// <summary>From any thread.</summary>
    public void Add(string topic, byte[] bytes)
    {
        while (_toSay.Count >= MostToSay && _toSay.TryDequeue(out _))
        {
            // The oldest goes: whoever waits for it has given up first.
        }

        _toSay.Enqueue((topic, bytes));
    }

    /// <summary>What to say now; on the link's thread.</summary>
    public IEnumerable<(string Topic, byte[] Bytes)> Due(TimeSpan now)
    {
        foreach (string topic in reports)
        {
            if (_unheard.ContainsKey(topic) && now >= _sayAgainAt.GetValueOrDefault(topic) && _unheard.TryRemove(topic, out byte[]? bytes))
            {
                _sayAgainAt[topic] = now + Again;
                yield return (topic, bytes);
            }
        }

        while (_toSay.TryDequeue(out (string Topic, byte[] Bytes) one))
        {
            _sayAgainAt[one.Topic] = now + Again;
            yield return one;
        }
    }

    /// <summary>What the broker said of it. A newer one that was heard is enough.</summary>
    public void Published(string topic, byte[] bytes, PublishOutcome outcome)
    {
        if (!reports.Contains(topic))
        {
            return;
        }

        if (outcome == PublishOutcome.NobodySubscribed)
        {
            _unheard[topic] = bytes;
        }
        else
        {
            _unheard.TryRemove(topic, out _);
        }
    }
}
