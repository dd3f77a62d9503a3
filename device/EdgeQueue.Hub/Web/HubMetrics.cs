using System.Collections.Concurrent;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Web;

/// <summary>What is counted. Written by the loop, read by the page: each number is one word.</summary>
public sealed class HubMetrics
{
    /// <summary>Different sources or codes that are told apart; more go together as "other" (law 10).</summary>
    private const int MostLabels = 200;

    private readonly ConcurrentDictionary<string, Count> _refusals = new();
    private readonly ConcurrentDictionary<(string Kind, string Source), Count> _rejected = new();
    private readonly ConcurrentDictionary<PublishOutcome, Count> _published = new();
    private long _cloudCertificateEnds;

    public Count Accepted { get; } = new();

    public Count Repeated { get; } = new();

    public Count Withdrawn { get; } = new();

    /// <summary>Offline tickets that are recorded and not queued.</summary>
    public Count Recorded { get; } = new();

    public Count FailedCommits { get; } = new();

    public Count Connections { get; } = new();

    /// <summary>When the hub's certificate for the cloud ends, seconds since 1970 UTC; 0: there is none, or it cannot be read.</summary>
    public long CloudCertificateEnds
    {
        get => Interlocked.Read(ref _cloudCertificateEnds);
        set => Interlocked.Exchange(ref _cloudCertificateEnds, value);
    }

    /// <summary>Milliseconds of a commit, fsync included.</summary>
    public Histogram CommitMs { get; } = new(0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);

    /// <summary>Commands in one commit.</summary>
    public Histogram BatchSize { get; } = new(1, 2, 4, 8, 16, 32, 64, 128, 256);

    /// <summary>Milliseconds from the network thread to the reply's departure.</summary>
    public Histogram ReplyMs { get; } = new(0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);

    public IEnumerable<KeyValuePair<string, Count>> Refusals => _refusals;

    public IEnumerable<KeyValuePair<(string Kind, string Source), Count>> RejectedInput => _rejected;

    public IEnumerable<KeyValuePair<PublishOutcome, Count>> Publications => _published;

    public void Refused(string code) => Of(_refusals, code, "other").Add();

    /// <param name="kind">malformed, oversized, foreign, retained, implausible or tooMany.</param>
    public void Rejected(string kind, string source) => Of(_rejected, (kind, source), (kind, "other")).Add();

    public void Published(PublishOutcome outcome) => _published.GetOrAdd(outcome, static _ => new Count()).Add();

    private static Count Of<TKey>(ConcurrentDictionary<TKey, Count> counts, TKey key, TKey other)
        where TKey : notnull =>
        counts.TryGetValue(key, out Count? count) ? count : counts.GetOrAdd(counts.Count < MostLabels ? key : other, static _ => new Count());
}
