namespace EdgeQueue.Core.Forecast;

/// <summary>The last so many durations of one kind, and their law.</summary>
public sealed class Recent(int most)
{
    private readonly Queue<long> _seen = new();
    private ObservedDuration? _law;
    private int _since;

    public int Count => _seen.Count;

    public void Add(long ms)
    {
        if (_seen.Count == most)
        {
            _seen.Dequeue();
        }

        _seen.Enqueue(Math.Max(0, ms));

        // One more among hundreds changes nothing that can be seen.
        _since++;
        if (_since * 20 >= _seen.Count)
        {
            _law = null;
        }
    }

    /// <summary>Null: nothing was seen yet.</summary>
    public ObservedDuration? Law
    {
        get
        {
            if (_law is null && _seen.Count > 0)
            {
                (_law, _since) = (new ObservedDuration(_seen), 0);
            }

            return _law;
        }
    }
}
