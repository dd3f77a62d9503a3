using System.Collections.Concurrent;

namespace EdgeQueue.Cloud.Live;

/// <summary>All branches as this replica knows them: some 300 bytes each, so that a look at 65,000 costs no query.</summary>
public sealed class LiveBoard
{
    private readonly ConcurrentDictionary<long, LiveRow> _rows = new();
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Changes with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public ICollection<LiveRow> All => _rows.Values;

    public LiveRow? Find(string name) => _ids.TryGetValue(name, out long id) ? _rows.GetValueOrDefault(id) : null;

    public void Put(IEnumerable<LiveRow> rows)
    {
        bool any = false;
        foreach (LiveRow row in rows)
        {
            if (!_rows.TryGetValue(row.Branch, out LiveRow? before) || before != row)
            {
                _rows[row.Branch] = row;
                _ids[row.Name] = row.Branch;
                any = true;
            }
        }

        if (any)
        {
            Interlocked.Increment(ref _version);
        }
    }
}
