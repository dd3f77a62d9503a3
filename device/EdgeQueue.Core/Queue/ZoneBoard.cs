namespace EdgeQueue.Core.Queue;

/// <summary>
/// The recent calls of one zone. A new one takes the place of the oldest; only somebody who is called again while still shown
/// moves to the front.
/// </summary>
internal sealed class ZoneBoard
{
    private const int Size = BranchState.RecentCallsPerZone;

    // A ring; the visits' numbers beside it, so that looking for somebody touches no call.
    private readonly RecentCall[] _calls = new RecentCall[Size];
    private readonly long[] _visits = new long[Size];
    private int _newest = Size - 1;

    public int Count { get; private set; }

    public void Show(RecentCall call)
    {
        var shown = _visits.AsSpan().IndexOf(call.Visit);
        if (shown < 0)
        {
            _newest = (_newest + 1) % Size;
            Count = Math.Min(Count + 1, Size);
        }
        else
        {
            // Those called since go one place back, over the visit's own older call.
            for (; shown != _newest; shown = (shown + 1) % Size)
            {
                (_calls[shown], _visits[shown]) = (_calls[(shown + 1) % Size], _visits[(shown + 1) % Size]);
            }
        }

        (_calls[_newest], _visits[_newest]) = (call, call.Visit);
    }

    /// <summary>Newest first; a copy.</summary>
    public RecentCall[] ToArray()
    {
        var calls = new RecentCall[Count];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = _calls[(_newest - i + Size) % Size];
        }

        return calls;
    }

    public void Keep(Predicate<RecentCall> which)
    {
        var kept = Array.FindAll(ToArray(), which);
        Clear();
        for (var i = kept.Length - 1; i >= 0; i--)
        {
            Show(kept[i]);
        }
    }

    private void Clear()
    {
        Array.Clear(_calls);
        Array.Clear(_visits);
        (_newest, Count) = (Size - 1, 0);
    }
}
