namespace EdgeQueue.Core.Forecast;

/// <summary>
/// Who had gone by the time they were called. Nobody says when they leave; only at the call is it seen, so the share of those
/// who are gone after a wait is estimated as the largest likelihood says for such data: averaged over neighbours until it
/// never falls (Ayer et al. 1955).
/// </summary>
public sealed class PatienceCurve
{
    private const int Most = 4000;
    private const int InOne = 25;

    private readonly Queue<(long WaitMs, bool Gone)> _seen = new();
    private List<(long UpToMs, double Gone)>? _steps;
    private int _since;

    public int Count => _seen.Count;

    public void Add(long waitMs, bool gone)
    {
        if (_seen.Count == Most)
        {
            _seen.Dequeue();
        }

        _seen.Enqueue((waitMs, gone));
        if (++_since * 20 >= _seen.Count)
        {
            _steps = null;
        }
    }

    /// <summary>After what wait this customer is gone; <see cref="Customer.Endless"/> for who stays as long as anybody was seen to.</summary>
    public long Sample(Chance chance)
    {
        _steps ??= Steps();
        var u = chance.Uniform();
        var from = 0L;
        foreach (var (upTo, gone) in _steps)
        {
            if (u < gone)
            {
                return from;
            }

            from = upTo;
        }

        return Customer.Endless;
    }

    private List<(long UpToMs, double Gone)> Steps()
    {
        _since = 0;
        var blocks = new List<(long UpToMs, double Gone, int Count)>();
        foreach (var bin in _seen.OrderBy(s => s.WaitMs).Chunk(InOne))
        {
            blocks.Add((bin[^1].WaitMs, bin.Count(b => b.Gone), bin.Length));
            while (blocks.Count > 1 && blocks[^2].Gone * blocks[^1].Count >= blocks[^1].Gone * blocks[^2].Count)
            {
                var (last, before) = (blocks[^1], blocks[^2]);
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (last.UpToMs, before.Gone + last.Gone, before.Count + last.Count);
            }
        }

        return [.. blocks.Select(b => (b.UpToMs, b.Gone / b.Count))];
    }
}
