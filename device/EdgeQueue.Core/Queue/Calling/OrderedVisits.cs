namespace EdgeQueue.Core.Queue;

/// <summary>
/// Visits in the order (since, visit), in sorted runs. Almost all arrivals go to the end and almost all departures are
/// at the head, both O(1); anything else is a binary search and a move inside one run.
/// </summary>
internal sealed class OrderedVisits
{
    private const int RunLength = 128;

    // The first run lies in here, because a queue seldom has another; the others behind it, in order.
    private Run _head;
    private Run[] _rest = [];
    private int _more;

    public int Count { get; private set; }

    public Entry First => _head[0];

    /// <summary>Who is behind the head; there are at least two.</summary>
    public Entry Second => _head.Count > 1 ? _head[1] : _rest[0][0];

    public void Add(Entry entry)
    {
        Count++;
        var at = RunFor(entry);
        if (RunAt(at).Count == RunLength)
        {
            // The last run is left full and a new one begun, so that a queue that only grows at its end stays dense.
            OpenRunAfter(at);
            ref var full = ref RunAt(at);
            ref var next = ref RunAt(at + 1);
            if (at + 1 < _more || entry.CompareTo(full[RunLength - 1]) < 0)
            {
                full.MoveUpperHalfTo(ref next);
            }

            if (next.Count == 0 || entry.CompareTo(next[0]) >= 0)
            {
                at++;
            }
        }

        RunAt(at).Add(entry);
    }

    public bool Remove(Entry entry)
    {
        var at = RunFor(entry);
        if (!RunAt(at).Remove(entry))
        {
            return false;
        }

        Count--;
        if (RunAt(at).Count == 0 && _more > 0)
        {
            CloseRun(at);
        }

        return true;
    }

    public void RemoveFirst()
    {
        Count--;
        _head.RemoveFirst();
        if (_head.Count == 0 && _more > 0)
        {
            CloseRun(0);
        }
    }

    /// <summary>The entry at a position from the head, which callers keep small.</summary>
    public Entry At(int position)
    {
        for (var run = 0; run <= _more; run++)
        {
            if (position < RunAt(run).Count)
            {
                return RunAt(run)[position];
            }

            position -= RunAt(run).Count;
        }

        throw new ArgumentOutOfRangeException(nameof(position));
    }

    /// <summary>How many entries come before this one.</summary>
    public int CountBefore(Entry entry)
    {
        var before = 0;
        for (var run = 0; run <= _more; run++)
        {
            ref var entries = ref RunAt(run);
            if (entries.Count > 0 && entries[entries.Count - 1].CompareTo(entry) < 0)
            {
                before += entries.Count;
                continue;
            }

            return before + entries.Find(entry);
        }

        return before;
    }

    // 0 is the head; then the others.
    private ref Run RunAt(int index) => ref (index == 0 ? ref _head : ref _rest[index - 1]);

    private void OpenRunAfter(int index)
    {
        if (_more == _rest.Length)
        {
            Array.Resize(ref _rest, Math.Max(4, _more * 2));
        }

        Array.Copy(_rest, index, _rest, index + 1, _more - index);
        _rest[index] = default;
        _more++;
    }

    private void CloseRun(int index)
    {
        if (index == 0)
        {
            _head = _rest[0];
            index = 1;
        }

        _more--;
        Array.Copy(_rest, index, _rest, index - 1, _more - index + 1);
        _rest[_more] = default;
    }

    // The last run whose first entry is not after the given one; the head when there is none.
    private int RunFor(Entry entry)
    {
        if (_more == 0 || entry.CompareTo(_rest[0][0]) < 0)
        {
            return 0;
        }

        int low = 1, high = _more;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (RunAt(middle)[0].CompareTo(entry) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    internal readonly record struct Entry(long Since, long Visit) : IComparable<Entry>
    {
        public int CompareTo(Entry other) =>
            Since != other.Since ? Since.CompareTo(other.Since) : Visit.CompareTo(other.Visit);
    }

    private struct Run
    {
        private Entry[]? _entries;
        private int _start;

        public int Count { get; private set; }

        public readonly Entry this[int index] => _entries![_start + index];

        public readonly int Find(Entry entry)
        {
            int low = 0, high = Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (this[middle].CompareTo(entry) < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        public void Add(Entry entry)
        {
            var index = Count > 0 && this[Count - 1].CompareTo(entry) < 0 ? Count : Find(entry);
            if (index == 0 && _start > 0)
            {
                _start--;
            }
            else
            {
                MakeRoom();
                Array.Copy(_entries!, _start + index, _entries!, _start + index + 1, Count - index);
            }

            _entries![_start + index] = entry;
            Count++;
        }

        public void RemoveFirst()
        {
            Count--;
            _start = Count == 0 ? 0 : _start + 1;
        }

        public bool Remove(Entry entry)
        {
            var index = Find(entry);
            if (index == Count || this[index] != entry)
            {
                return false;
            }

            if (index == 0)
            {
                RemoveFirst();
                return true;
            }

            Array.Copy(_entries!, _start + index + 1, _entries!, _start + index, Count - index - 1);
            Count--;
            return true;
        }

        public void MoveUpperHalfTo(ref Run other)
        {
            var half = Count / 2;
            for (var i = half; i < Count; i++)
            {
                other.Add(this[i]);
            }

            Count = half;
        }

        private void MakeRoom()
        {
            _entries ??= new Entry[4];
            if (_start + Count < _entries.Length)
            {
                return;
            }

            // A queue that moves on keeps its array: grow only when it is really full.
            var target = Count * 2 > _entries.Length ? new Entry[Math.Min(_entries.Length * 2, 2 * RunLength)] : _entries;
            Array.Copy(_entries, _start, target, 0, Count);
            _entries = target;
            _start = 0;
        }
    }
}
