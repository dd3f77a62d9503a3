using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The visits of one queue, in one stream per (service, priority, target, mean service): within a stream every rule takes the
/// head, so that a choice compares heads only. The heads' figures lie beside each other as doubles, in blocks of four streams,
/// so that a thousand streams are looked through in vector steps; what decides is compared again in exact integers.
/// </summary>
/// <param name="id">Its place in the index.</param>
/// <param name="service">The service of everybody here; null: they wait for somebody, for various services.</param>
internal sealed class StreamPool(int id, string? service = null)
{
    /// <summary>Streams in a block.</summary>
    public const int Lanes = 4;

    /// <summary>Doubles in a block: four each of the figures that <see cref="HeadFigures"/> names.</summary>
    public const int BlockLength = 5 * Lanes;

    private readonly List<(CallingView View, int Queue)> _watchers = [];
    private double[] _figures = Padding(1);
    private StreamSlot[] _slots = new StreamSlot[Lanes];
    private OrderedVisits? _spare;

    public int Id { get; } = id;

    public string? Service { get; } = service;

    /// <summary>The service's queue; null: they wait for somebody.</summary>
    public WaitingIndex.ServiceQueue? Queue { get; set; }

    /// <summary>How many streams have somebody.</summary>
    public int Count { get; private set; }

    /// <summary>How many visits wait here.</summary>
    public int Visits { get; private set; }

    /// <summary>The view is told whenever a head here changes, and how many wait.</summary>
    public void Watch(CallingView view, int queue) => _watchers.Add((view, queue));

    public void Unwatch() => _watchers.Clear();

    public ref readonly StreamSlot this[int slot] => ref _slots[slot];

    /// <summary>
    /// The figures of the first four streams; those of the next four follow after <see cref="BlockLength"/>. The last block may
    /// reach over the last stream: nobody is ever due there.
    /// </summary>
    public ref double FirstBlock => ref MemoryMarshal.GetArrayDataReference(_figures);

    public void Add(Place place, long visit)
    {
        CountVisits(1);
        var slot = SlotOf(place);
        if (slot < 0)
        {
            slot = Open(place);
        }

        _slots[slot].Visits.Add(new(place.Since.Milliseconds, visit));
        LookAtHead(slot);
    }

    public void Remove(Place place, long visit)
    {
        var slot = SlotOf(place);
        if (slot < 0 || !_slots[slot].Visits.Remove(new(place.Since.Milliseconds, visit)))
        {
            throw new InvalidOperationException($"Visit {visit} is not in the queue that its place names: the index is broken.");
        }

        Removed(slot);
    }

    public void RemoveHead(int slot)
    {
        _slots[slot].Visits.RemoveFirst();
        Removed(slot);
    }

    public int CountBefore(Place place, long visit)
    {
        var before = 0;
        for (var i = 0; i < Count; i++)
        {
            before += _slots[i].Visits.CountBefore(new(place.Since.Milliseconds, visit));
        }

        return before;
    }

    private void Removed(int slot)
    {
        CountVisits(-1);
        if (_slots[slot].Visits.Count == 0)
        {
            Close(slot);
        }
        else
        {
            LookAtHead(slot);
        }
    }

    private void LookAtHead(int slot)
    {
        ref var stream = ref _slots[slot];
        var visits = stream.Visits;
        stream.Count = visits.Count;
        if (stream.Count > 1)
        {
            stream.Next = visits.Second;
        }

        var first = visits.First;
        if (first != stream.Head)
        {
            stream.Head = first;
            Figure(slot, HeadFigures.Since) = first.Since;
            HeadsChanged();
        }
    }

    private void HeadsChanged()
    {
        foreach (var (view, queue) in _watchers)
        {
            view.Forget(queue);
        }
    }

    private void CountVisits(int more)
    {
        Visits += more;
        foreach (var (view, _) in _watchers)
        {
            view.Waiting += more;
        }
    }

    private int SlotOf(Place place)
    {
        var (target, priority) = (Vector256.Create((double)place.TargetMs), Vector256.Create((double)place.Priority));
        for (var first = 0; first < Count; first += Lanes)
        {
            ref var block = ref _figures[first / Lanes * BlockLength];
            var alike = (Vector256.Equals(HeadFigures.Load(ref block, HeadFigures.Target), target)
                & Vector256.Equals(HeadFigures.Load(ref block, HeadFigures.Priority), priority)).ExtractMostSignificantBits();
            for (; alike != 0; alike &= alike - 1)
            {
                var slot = first + BitOperations.TrailingZeroCount(alike);
                if (_slots[slot].MeanServiceMs == place.MeanServiceMs && (Service is not null || _slots[slot].Service == place.Service))
                {
                    return slot;
                }
            }
        }

        return -1;
    }

    private int Open(Place place)
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Count * 2);
            var figures = Padding(_slots.Length / Lanes);
            _figures.CopyTo(figures.AsSpan());
            _figures = figures;
        }

        var slot = Count++;
        _slots[slot] = new()
        {
            Visits = _spare ?? new(), Service = Service ?? place.Service, Priority = place.Priority, TargetMs = place.TargetMs,
            MeanServiceMs = place.MeanServiceMs,
        };
        _spare = null;
        Figure(slot, HeadFigures.Priority) = place.Priority;
        Figure(slot, HeadFigures.Target) = place.TargetMs;
        Figure(slot, HeadFigures.InverseTarget) = 1.0 / place.TargetMs;
        Figure(slot, HeadFigures.Rate) = place.Priority / ((double)place.TargetMs * place.TargetMs * place.MeanServiceMs);
        return slot;
    }

    // The last stream takes the empty place; empty streams do not pile up when priorities come and go.
    private void Close(int slot)
    {
        HeadsChanged();
        _spare = _slots[slot].Visits;
        var last = --Count;
        _slots[slot] = _slots[last];
        _slots[last] = default;
        for (var figure = 0; figure < BlockLength; figure += Lanes)
        {
            Figure(slot, figure) = Figure(last, figure);
            Figure(last, figure) = figure == HeadFigures.Since ? double.PositiveInfinity : 0;
        }
    }

    private ref double Figure(int slot, int figure) => ref _figures[(slot / Lanes * BlockLength) + figure + (slot % Lanes)];

    private static double[] Padding(int blocks)
    {
        var figures = new double[blocks * BlockLength];
        for (var block = 0; block < blocks; block++)
        {
            Array.Fill(figures, double.PositiveInfinity, (block * BlockLength) + HeadFigures.Since, Lanes);
        }

        return figures;
    }
}

/// <summary>Where the figures of four streams lie in their block.</summary>
internal static class HeadFigures
{
    /// <summary>When the head's waiting began; infinity where there is no stream: nobody is ever due there.</summary>
    public const int Since = 0;

    public const int Priority = StreamPool.Lanes;
    public const int Target = 2 * StreamPool.Lanes;
    public const int InverseTarget = 3 * StreamPool.Lanes;

    /// <summary>Priority / (target² × mean service).</summary>
    public const int Rate = 4 * StreamPool.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double block, int figure) => Vector256.LoadUnsafe(ref block, (nuint)figure);
}

/// <summary>Visits alike in all that a rule compares, but for their time.</summary>
internal struct StreamSlot
{
    public OrderedVisits Visits;
    public string Service;
    public OrderedVisits.Entry Head;

    /// <summary>Who is behind the head, if there are two: a choice asks four streams for them, and the runs are seldom at hand.</summary>
    public OrderedVisits.Entry Next;

    public long TargetMs;
    public long MeanServiceMs;
    public int Priority;

    /// <summary>How many visits.</summary>
    public int Count;
}
