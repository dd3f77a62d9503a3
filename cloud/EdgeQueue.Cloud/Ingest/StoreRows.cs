namespace EdgeQueue.Cloud.Ingest;

/// <summary>What a transaction is going to write.</summary>
internal sealed class StoreRows(bool followed)
{
    public List<object[]> Events { get; } = [];

    public List<object[]> Uncounted { get; } = [];

    public QuarterSums Sums { get; } = new();

    public List<StoredEvent> Stored { get; } = [];

    public void Follow(StoredEvent stored)
    {
        if (followed)
        {
            Stored.Add(stored);
        }
    }

    /// <summary>By key, so that two replicas that add to the same rows never wait for each other in a ring.</summary>
    public IReadOnlyList<object[]> SortedSums() =>
    [
        .. Sums.Rows.OrderBy(r => r.Key.Branch).ThenBy(r => r.Key.Quarter)
            .ThenBy(r => r.Key.Service, StringComparer.Ordinal).ThenBy(r => r.Key.Counter, StringComparer.Ordinal)
            .Select(r => (object[])[r.Key.Branch, r.Key.Quarter, r.Key.Service, r.Key.Counter, .. r.Value.Cast<object>()]),
    ];
}
