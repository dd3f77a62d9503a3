namespace EdgeQueue.Core.Forecast;

/// <summary>When the booked of a service come, in relation to their slot, and how many never do: as the last ones did.</summary>
public sealed class Punctuality
{
    /// <summary>With fewer, nothing is known of them.</summary>
    public const int Least = 20;

    private const int Most = 500;

    private readonly Queue<long?> _seen = new();
    private long[]? _came;

    public int Count => _seen.Count;

    /// <summary>Of a hundred booked so many come; 0 … 1.</summary>
    public double Shows => _seen.Count == 0 ? 1 : (double)Came.Length / _seen.Count;

    /// <summary>Milliseconds after the slot, before it: negative; sorted.</summary>
    public IReadOnlyList<long> Lateness => Came;

    /// <param name="lateMs">Milliseconds after the slot, negative: before; null: never came.</param>
    public void Add(long? lateMs)
    {
        if (_seen.Count == Most)
        {
            _seen.Dequeue();
        }

        _seen.Enqueue(lateMs);
        _came = null;
    }

    /// <summary>The last of whom it was said that they never came may come yet.</summary>
    public void TakeBackMissed()
    {
        List<long?> seen = [.. _seen];
        var missed = seen.LastIndexOf(null);
        if (missed >= 0)
        {
            seen.RemoveAt(missed);
            _seen.Clear();
            seen.ForEach(_seen.Enqueue);
            _came = null;
        }
    }

    /// <summary>When somebody comes who has not come by <paramref name="sinceSlotMs"/> after the slot; null: never.</summary>
    public long? Sample(Chance chance, long sinceSlotMs)
    {
        var came = Came;
        var first = Array.BinarySearch(came, sinceSlotMs + 1);
        first = first < 0 ? ~first : first;
        var (later, missed) = (came.Length - first, _seen.Count - came.Length);
        var drawn = later + missed == 0 ? 0 : chance.Below(later + missed);
        return drawn < later ? came[first + drawn] : null;
    }

    private long[] Came
    {
        get
        {
            if (_came is null)
            {
                _came = [.. _seen.Where(s => s is not null).Select(s => s!.Value)];
                Array.Sort(_came);
            }

            return _came;
        }
    }
}
