namespace EdgeQueue.Core.Queue;

/// <summary>
/// Visits in the order (since, visit), in sorted blocks. Almost all arrivals go to the end and almost all departures are
/// at the head, both O(1); anything else is a binary search and a move inside one block.
/// </summary>
internal class OrderedVisits
{
    private const int BlockSize = 128;

    private readonly List<Block> _blocks = [];
    private Block? _spare;

    // The first block again: a queue seldom has another, and the way through the list is two cold lines longer.
    private Block? _head;
    private bool _single;

    public int Count { get; private set; }

    public Entry First => _head![0];

    /// <summary>Who is behind the head; there are at least two.</summary>
    public Entry Second => _head!.Count > 1 ? _head[1] : _blocks[1][0];

    public void Add(Entry entry)
    {
        Count++;
        if (_blocks.Count == 0)
        {
            _blocks.Add(Fresh());
            LookAtHead();
        }

        var index = BlockFor(entry);
        var block = index == 0 ? _head! : _blocks[index];
        if (block.IsFull)
        {
            // The last block is left full and a new one begun, so that a queue that only grows at its end stays dense.
            var next = Fresh();
            _blocks.Insert(index + 1, next);
            LookAtHead();
            if (index + 2 < _blocks.Count || entry.CompareTo(block[block.Count - 1]) < 0)
            {
                block.MoveUpperHalfTo(next);
            }

            if (next.Count == 0 || entry.CompareTo(next[0]) >= 0)
            {
                block = next;
            }
        }

        block.Add(entry);
    }

    public bool Remove(Entry entry)
    {
        if (Count == 0)
        {
            return false;
        }

        var index = BlockFor(entry);
        var block = index == 0 ? _head! : _blocks[index];
        if (!block.Remove(entry))
        {
            return false;
        }

        Count--;
        if (block.Count == 0)
        {
            _blocks.RemoveAt(index);
            LookAtHead();
            block.Clear();
            _spare = block;
        }

        return true;
    }

    /// <summary>The entry at a position from the head, which callers keep small.</summary>
    public Entry At(int position)
    {
        foreach (var block in _blocks)
        {
            if (position < block.Count)
            {
                return block[position];
            }

            position -= block.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(position));
    }

    /// <summary>How many entries come before this one.</summary>
    public int CountBefore(Entry entry)
    {
        var before = 0;
        foreach (var block in _blocks)
        {
            if (block[block.Count - 1].CompareTo(entry) < 0)
            {
                before += block.Count;
                continue;
            }

            return before + block.Find(entry);
        }

        return before;
    }

    private void LookAtHead() => (_head, _single) = (_blocks.Count > 0 ? _blocks[0] : null, _blocks.Count == 1);

    private Block Fresh()
    {
        var block = _spare ?? new Block();
        _spare = null;
        return block;
    }

    // The last block whose first entry is not after the given one; the head block when there is none.
    private int BlockFor(Entry entry)
    {
        if (_single || entry.CompareTo(_blocks[1][0]) < 0)
        {
            return 0;
        }

        int low = 1, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle][0].CompareTo(entry) <= 0)
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

    private sealed class Block
    {
        private Entry[] _entries = new Entry[4];
        private int _start;

        public int Count { get; private set; }

        public bool IsFull => Count == BlockSize;

        public Entry this[int index] => _entries[_start + index];

        public int Find(Entry entry)
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
                Array.Copy(_entries, _start + index, _entries, _start + index + 1, Count - index);
            }

            _entries[_start + index] = entry;
            Count++;
        }

        public bool Remove(Entry entry)
        {
            var index = Count > 0 && this[0] == entry ? 0 : Find(entry);
            if (index == Count || this[index] != entry)
            {
                return false;
            }

            if (index == 0)
            {
                _start++;
            }
            else
            {
                Array.Copy(_entries, _start + index + 1, _entries, _start + index, Count - index - 1);
            }

            Count--;
            return true;
        }

        public void MoveUpperHalfTo(Block other)
        {
            var half = Count / 2;
            for (var i = half; i < Count; i++)
            {
                other.Add(this[i]);
            }

            Count = half;
        }

        public void Clear() => (_start, Count) = (0, 0);

        private void MakeRoom()
        {
            if (_start + Count < _entries.Length)
            {
                return;
            }

            // A queue that moves on keeps its array: grow only when it is really full.
            var target = Count * 2 > _entries.Length ? new Entry[Math.Min(_entries.Length * 2, 2 * BlockSize)] : _entries;
            Array.Copy(_entries, _start, target, 0, Count);
            _entries = target;
            _start = 0;
        }
    }
}
