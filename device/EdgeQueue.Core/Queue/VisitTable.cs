using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The visits by number, in pages: numbers are given one after the other, so that whoever is called is found beside others who
/// came about the same time, where a hash table would look somewhere new for each. Numbers that a fork skips cost nothing.
/// </summary>
internal sealed class VisitTable : IReadOnlyCollection<Visit>
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;
    private const long Nothing = -1;

    // Open addressing by the page's own number: pages in a row lie in a row, and a probe hardly ever goes on.
    private long[] _keys = Keys(16);
    private Visit?[]?[] _pages = new Visit?[16][];
    private int[] _used = new int[16];
    private int _taken;

    public int Count { get; private set; }

    /// <summary>Everybody, in no order.</summary>
    public IReadOnlyCollection<Visit> Values => this;

    /// <exception cref="KeyNotFoundException">Nobody has this number.</exception>
    public Visit this[long number]
    {
        get => GetValueOrDefault(number) ?? throw Missing(number);
        set
        {
            var at = Find(number >> PageBits);
            if (at < 0 || _pages[at] is null)
            {
                at = OpenPage(number >> PageBits);
            }

            ref var place = ref _pages[at]![number & (PageSize - 1)];
            if (place is null)
            {
                _used[at]++;
                Count++;
            }

            place = value;
        }
    }

    public Visit? GetValueOrDefault(long number)
    {
        var at = Find(number >> PageBits);
        return at < 0 ? null : _pages[at]?[number & (PageSize - 1)];
    }

    public bool TryGetValue(long number, [NotNullWhen(true)] out Visit? visit) => (visit = GetValueOrDefault(number)) is not null;

    /// <summary>Where a visit that is here stands, to be replaced before anything is added.</summary>
    /// <exception cref="KeyNotFoundException">Nobody has this number.</exception>
    public ref Visit Existing(long number)
    {
        var at = Find(number >> PageBits);
        if (at >= 0 && _pages[at] is { } page)
        {
            ref var place = ref page[number & (PageSize - 1)];
            if (place is not null)
            {
                return ref place!;
            }
        }

        throw Missing(number);
    }

    public bool Remove(long number)
    {
        var at = Find(number >> PageBits);
        if (at < 0 || _pages[at] is not { } page || page[number & (PageSize - 1)] is null)
        {
            return false;
        }

        page[number & (PageSize - 1)] = null;
        Count--;
        if (--_used[at] == 0)
        {
            // The key stays, so that probing goes on over it, until the next growth.
            _pages[at] = null;
        }

        return true;
    }

    public IEnumerator<Visit> GetEnumerator()
    {
        foreach (var page in _pages)
        {
            foreach (var visit in page ?? [])
            {
                if (visit is not null)
                {
                    yield return visit;
                }
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Its place; the complement of a free one when there is none.
    private int Find(long key)
    {
        var keys = _keys;
        var mask = keys.Length - 1;
        for (var at = (int)key & mask; ; at = (at + 1) & mask)
        {
            if (keys[at] == key)
            {
                return at;
            }

            if (keys[at] == Nothing)
            {
                return ~at;
            }
        }
    }

    private int OpenPage(long key)
    {
        if ((_taken + 1) * 2 > _keys.Length)
        {
            Rebuild();
        }

        var at = Find(key);
        if (at < 0)
        {
            at = ~at;
            _keys[at] = key;
            _taken++;
        }

        _pages[at] = new Visit?[PageSize];
        return at;
    }

    private void Rebuild()
    {
        var (keys, pages, used) = (_keys, _pages, _used);
        var live = pages.Count(p => p is not null);
        var size = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(live + 1) * 4));
        (_keys, _pages, _used, _taken) = (Keys(size), new Visit?[size][], new int[size], live);
        for (var i = 0; i < keys.Length; i++)
        {
            if (pages[i] is { } page)
            {
                var at = ~Find(keys[i]);
                (_keys[at], _pages[at], _used[at]) = (keys[i], page, used[i]);
            }
        }
    }

    private static long[] Keys(int size)
    {
        var keys = new long[size];
        Array.Fill(keys, Nothing);
        return keys;
    }

    private static KeyNotFoundException Missing(long number) => new($"There is no visit {number}.");
}
