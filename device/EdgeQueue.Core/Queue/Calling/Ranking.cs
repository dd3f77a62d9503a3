using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQueue.Core.Queue;

/// <summary>A visit that a counter might call, with what the rules compare.</summary>
/// <param name="Wait">Milliseconds since its waiting began; negative for one whose time has not come.</param>
/// <param name="Key">The rule's score in doubles.</param>
/// <param name="Position">Its position in its stream.</param>
internal readonly record struct Candidate(long Visit, long Wait, double Key, VisitStream Stream, int Position);

/// <summary>
/// The best four over any number of pools: the one to call and the three that it beat. Streams are filtered by vectors of
/// doubles with a margin far above their rounding, and decided in exact integers. Those whose time has not come
/// (early appointments) are taken only when nobody else waits, the smallest clock first.
/// </summary>
internal ref struct Ranking<TRule>
    where TRule : struct, ICallingRule
{
    // Far above the few 1e-16 by which a key can be off, far below what makes two waits differ by a second.
    private const double Margin = 1e-12;

    /// <summary>The one to call and the three that it beat.</summary>
    public const int Best = 4;

    private readonly long _now;
    private Candidates _candidates;

    // The best first, then the free places of _candidates: what moves are bytes, not candidates.
    private Order _order;
    private int _count;
    private double _bar;

    public Ranking(long now)
    {
        _now = now;
        for (var i = 0; i < Best + 1; i++)
        {
            _order[i] = (byte)i;
        }

        _bar = double.MinValue;
    }

    public readonly bool IsEmpty => _count == 0;

    /// <summary>A score below this is certainly not among the best four.</summary>
    public readonly double Bar => _bar;

    /// <summary>Four scores are known to be at least this.</summary>
    public void RaiseBar(double score) => _bar = Math.Max(_bar, score - (Math.Abs(score) * Margin));

    /// <summary>Looks through a pool's due streams.</summary>
    public void Scan(StreamPool pool)
    {
        var count = pool.Count;
        if (count == 0)
        {
            return;
        }

        var now = new Vector<double>(_now);
        var bar = new Vector<double>(_bar);
        var never = new Vector<double>(double.NegativeInfinity);
        ref var since = ref MemoryMarshal.GetArrayDataReference(pool.Since);
        for (nuint slot = 0; slot < (nuint)count; slot += (nuint)Vector<double>.Count)
        {
            var wait = now - Vector.LoadUnsafe(ref since, slot);
            var keys = Vector.ConditionalSelect(
                Vector.GreaterThanOrEqual(wait, Vector<double>.Zero), TRule.Keys(wait, pool, slot), never);
            if (Vector.GreaterThanOrEqualAny(keys, bar))
            {
                OfferLanes(keys, pool, (int)slot);
                bar = new Vector<double>(_bar);
            }
        }
    }

    /// <summary>Looks through a pool's streams for those whose time has not come.</summary>
    public void ScanEarly(StreamPool pool)
    {
        for (var slot = 0; slot < pool.Count; slot++)
        {
            Offer(Of(pool.Streams[slot], 0));
        }
    }

    /// <summary>Puts the best into <paramref name="into"/>, best first, and says how many there are.</summary>
    public int Take(Span<Candidate> into)
    {
        var taken = 0;
        while (taken < into.Length && _count > 0)
        {
            ref var best = ref into[taken++];
            var first = _order[0];
            best = _candidates[first];
            _count--;
            for (var i = 0; i < _count; i++)
            {
                _order[i] = _order[i + 1];
            }

            _order[_count] = first;

            if (best.Position + 1 < best.Stream.Count && taken < into.Length)
            {
                // Whoever is behind the head of a stream may still be better than the heads of others.
                var next = Of(best.Stream, best.Position + 1);
                if (next.Wait >= 0 || best.Wait < 0)
                {
                    Offer(next);
                }
            }
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OfferLanes(Vector<double> keys, StreamPool pool, int slot)
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        keys.CopyTo(lanes);
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            if (lanes[lane] >= _bar)
            {
                var at = slot + lane;
                Offer(new(pool.Head[at], _now - (long)pool.Since[at], lanes[lane], pool.Streams[at], 0));
            }
        }
    }

    private readonly Candidate Of(VisitStream stream, int position)
    {
        var entry = position == 1 ? stream.Next : stream.At(position);
        var wait = _now - entry.Since;
        return new(entry.Visit, wait, wait < 0 ? wait : TRule.Key(wait, stream), stream, position);
    }

    private void Offer(in Candidate candidate)
    {
        var place = _count;
        while (place > 0 && Before(candidate, _candidates[_order[place - 1]]))
        {
            place--;
        }

        if (place == Best)
        {
            return;
        }

        var free = _order[_count];
        for (var i = _count; i > place; i--)
        {
            _order[i] = _order[i - 1];
        }

        _order[place] = free;
        _candidates[free] = candidate;
        _count = Math.Min(_count + 1, Best);
        if (_count == Best)
        {
            RaiseBar(_candidates[_order[Best - 1]].Key);
        }
    }

    private static bool Before(in Candidate a, in Candidate b)
    {
        var difference = a.Key - b.Key;
        return Math.Abs(difference) > Margin * Math.Max(Math.Abs(a.Key), Math.Abs(b.Key))
            ? difference > 0
            : BeforeExactly(a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool BeforeExactly(in Candidate a, in Candidate b)
    {
        var exact = a.Wait < 0 ? 0 : TRule.Exact(a, b);
        return exact != 0 ? exact < 0
            : a.Wait != b.Wait ? a.Wait > b.Wait
            : a.Visit < b.Visit;
    }

    [InlineArray(Best + 1)]
    private struct Candidates
    {
        private Candidate _first;
    }

    [InlineArray(Best + 1)]
    private struct Order
    {
        private byte _first;
    }
}
