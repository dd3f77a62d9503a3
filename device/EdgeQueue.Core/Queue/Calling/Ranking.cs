using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>A visit that a counter might call, with what the rules compare.</summary>
/// <remarks>Numbers only: a reference in here would make every move of a candidate a call into the garbage collector.</remarks>
/// <param name="Key">The rule's score in doubles.</param>
/// <param name="Wait">Milliseconds since its waiting began; negative for one whose time has not come.</param>
/// <param name="Pool">The pool's place in the index.</param>
/// <param name="Slot">The stream in the pool.</param>
/// <param name="Position">Its position in its stream.</param>
/// <param name="Least">What those behind it must have waited at least to be considered with it, milliseconds.</param>
internal readonly record struct Candidate(double Key, long Wait, long Visit, int Pool, int Slot, int Position, int Least);

/// <summary>
/// The best four over any number of pools: the one to call and the three that it beat. Streams are filtered by vectors of
/// doubles with a margin far above their rounding, and decided in exact integers.
/// </summary>
/// <param name="into">Where they are put, best first; those before <paramref name="settled"/> stand already.</param>
internal ref struct Ranking<TRule>(TRule rule, WaitingIndex index, long now, Span<Candidate> into, int settled)
    where TRule : struct, ICallingRule
{
    // Far above the few 1e-16 by which a key can be off, far below what makes two waits differ by a second.
    private const double Margin = 1e-12;

    private readonly Span<Candidate> _into = into;
    private readonly int _settled = settled;
    private int _count = settled;
    private double _bar = double.MinValue;

    /// <summary>How many stand in the result.</summary>
    public readonly int Count => _count;

    /// <summary>A score below this is certainly not among the best four.</summary>
    public readonly double Bar => _bar;

    /// <summary>Four scores are known to be at least this.</summary>
    public void RaiseBar(double score)
    {
        var bar = score - (Math.Abs(score) * Margin);
        if (bar > _bar)
        {
            _bar = bar;
        }
    }

    /// <summary>Looks through a pool's heads that have waited at least so long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scan(StreamPool pool, int least)
    {
        ref var block = ref pool.FirstBlock;
        for (var slot = 0; slot < pool.Count; slot += StreamPool.Lanes)
        {
            var wait = Vector256.Create((double)now) - HeadFigures.Load(ref block, HeadFigures.Since);
            var keys = rule.Keys(wait, ref block);
            var good = (Vector256.GreaterThanOrEqual(keys, Vector256.Create(_bar))
                & Vector256.GreaterThanOrEqual(wait, Vector256.Create((double)least))).ExtractMostSignificantBits();
            if (good != 0)
            {
                OfferLanes(good, keys, least, pool, slot);
            }

            block = ref Unsafe.Add(ref block, StreamPool.BlockLength);
        }
    }

    /// <summary>Looks through the heads of those who wait for somebody, of one service or of any.</summary>
    public void ScanOf(StreamPool pool, string? service)
    {
        for (var slot = 0; slot < pool.Count; slot++)
        {
            ref readonly var stream = ref pool[slot];
            if (stream.Head.Since <= now && (service is null || stream.Service == service))
            {
                Offer(Of(pool, slot, 0, stream.Head, 0));
            }
        }
    }

    /// <summary>
    /// Looks through all heads of some queues, of which some may stand in the result already: then through those behind them.
    /// </summary>
    public void ScanAll(IEnumerable<StreamPool> pools)
    {
        foreach (var pool in pools)
        {
            for (var slot = 0; slot < pool.Count; slot++)
            {
                var position = 0;
                var entry = pool[slot].Head;
                while (Stands(entry.Visit) && position + 1 < pool[slot].Count)
                {
                    entry = pool[slot].Visits.At(++position);
                }

                if (entry.Since <= now && !Stands(entry.Visit))
                {
                    Offer(Of(pool, slot, position, entry, 0));
                }
            }
        }
    }

    /// <summary>Looks through a pool's streams for those whose time has not come.</summary>
    public void ScanEarly(StreamPool pool, string? service)
    {
        for (var slot = 0; slot < pool.Count; slot++)
        {
            if (service is null || pool[slot].Service == service)
            {
                var wait = now - pool[slot].Head.Since;
                Offer(new(wait, wait, pool[slot].Head.Visit, pool.Id, slot, 0, int.MinValue));
            }
        }
    }

    /// <summary>
    /// Whoever is behind a chosen head may still be better than the heads of others: looks at them, and says how many there are.
    /// </summary>
    public int Take()
    {
        for (var place = _settled; place < _count && place + 1 < _into.Length; place++)
        {
            ref readonly var taken = ref _into[place];
            ref readonly var stream = ref index.Stream(taken);
            if (taken.Position + 1 >= stream.Count)
            {
                continue;
            }

            var entry = taken.Position == 0 ? stream.Next : stream.Visits.At(taken.Position + 1);
            var wait = now - entry.Since;
            if (wait >= taken.Least)
            {
                var key = wait < 0 ? wait : rule.Key(wait, stream);
                if (key >= _bar)
                {
                    Offer(new(key, wait, entry.Visit, taken.Pool, taken.Slot, taken.Position + 1, taken.Least));
                }
            }
        }

        return _count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OfferLanes(uint lanes, Vector256<double> keys, int least, StreamPool pool, int slot)
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            var lane = BitOperations.TrailingZeroCount(lanes);
            var head = pool[slot + lane].Head;
            Offer(new(keys[lane], now - head.Since, head.Visit, pool.Id, slot + lane, 0, least));
        }
    }

    private readonly Candidate Of(StreamPool pool, int slot, int position, OrderedVisits.Entry entry, int least) =>
        new(rule.Key(now - entry.Since, pool[slot]), now - entry.Since, entry.Visit, pool.Id, slot, position, least);

    private readonly bool Stands(long visit)
    {
        foreach (ref readonly var settled in _into[.._settled])
        {
            if (settled.Visit == visit)
            {
                return true;
            }
        }

        return false;
    }

    private void Offer(in Candidate candidate)
    {
        var place = _count;
        while (place > _settled && Before(candidate, _into[place - 1]))
        {
            place--;
        }

        if (place == _into.Length)
        {
            return;
        }

        _count = Math.Min(_count + 1, _into.Length);
        for (var i = _count - 1; i > place; i--)
        {
            _into[i] = _into[i - 1];
        }

        _into[place] = candidate;
        if (_count == _into.Length)
        {
            RaiseBar(_into[^1].Key);
        }
    }

    private readonly bool Before(in Candidate a, in Candidate b)
    {
        var difference = a.Key - b.Key;
        return Math.Abs(difference) > Margin * Math.Abs(a.Key)
            ? difference > 0
            : BeforeExactly(a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool BeforeExactly(in Candidate a, in Candidate b)
    {
        var exact = a.Wait < 0 ? 0 : rule.Exact(a.Wait, index.Stream(a), b.Wait, index.Stream(b));
        return exact != 0 ? exact < 0
            : a.Wait != b.Wait ? a.Wait > b.Wait
            : a.Visit < b.Visit;
    }
}

/// <summary>The one to call and the three that it beat.</summary>
[InlineArray(Length)]
internal struct BestFour
{
    public const int Length = 4;

    private Candidate _first;
}
