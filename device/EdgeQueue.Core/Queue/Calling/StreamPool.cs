using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The visits of one queue, in one stream per (priority, target, mean service): within a stream every rule takes the head,
/// so that a choice compares heads only. The heads' figures lie in arrays of doubles beside each other, so that a thousand
/// streams are looked through in vector steps; what decides is compared again in exact integers.
/// </summary>
internal sealed class StreamPool(string? service = null)
{
    // A multiple of every vector width; the padding never counts as due.
    private const int Step = 8;

    public double[] Since = Padding(Step);
    public double[] Priority = new double[Step];
    public double[] InverseTarget = new double[Step];
    public double[] Target = new double[Step];
    public double[] Rate = new double[Step];
    public long[] Head = new long[Step];
    public VisitStream[] Streams = new VisitStream[Step];

    /// <summary>The service of everybody here; null: they wait for somebody, for various services.</summary>
    public string? Service { get; } = service;

    private readonly List<(ProfileQueues Profile, int Queue)> _watchers = [];
    private VisitStream? _spare;

    /// <summary>How many streams have somebody.</summary>
    public int Count { get; private set; }

    /// <summary>How many wait for this pool's service, also in the pools of those who wait for somebody.</summary>
    public int WaitingForService { get; set; }

    /// <summary>How many visits wait here.</summary>
    public int Visits { get; private set; }

    /// <summary>The profile is told whenever a head here changes, and how many wait.</summary>
    public void Watch(ProfileQueues profile, int queue) => _watchers.Add((profile, queue));

    public void Unwatch() => _watchers.Clear();

    public void Add(Place place, long visit)
    {
        CountVisits(1);
        var slot = SlotOf(place);
        if (slot < 0)
        {
            slot = Open(place);
        }

        Streams[slot].Add(new(place.Since.Milliseconds, visit));
        LookAtHead(slot);
    }

    public void Remove(Place place, long visit)
    {
        var slot = SlotOf(place);
        if (slot < 0 || !Streams[slot].Remove(new(place.Since.Milliseconds, visit)))
        {
            throw new InvalidOperationException($"Visit {visit} is not in the queue that its place names: the index is broken.");
        }

        CountVisits(-1);
        if (Streams[slot].Count == 0)
        {
            Close(slot);
        }
        else
        {
            LookAtHead(slot);
        }
    }

    public int CountBefore(Place place, long visit)
    {
        var before = 0;
        for (var i = 0; i < Count; i++)
        {
            before += Streams[i].CountBefore(new(place.Since.Milliseconds, visit));
        }

        return before;
    }

    /// <summary>A vector of figures from a slot on; every array has room for the last vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Load(double[] figures, nuint slot) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(figures), slot);

    private void LookAtHead(int slot)
    {
        var stream = Streams[slot];
        var first = stream.First;
        stream.Next = stream.Count > 1 ? stream.Second : default;
        if (first.Visit != Head[slot] || first.Since != Since[slot])
        {
            (Since[slot], Head[slot]) = (first.Since, first.Visit);
            HeadsChanged();
        }
    }

    private void HeadsChanged()
    {
        foreach (var (profile, queue) in _watchers)
        {
            profile.Forget(queue);
        }
    }

    private void CountVisits(int more)
    {
        Visits += more;
        foreach (var (profile, _) in _watchers)
        {
            profile.Waiting += more;
        }
    }

    private int SlotOf(Place place)
    {
        // The doubles are exact and lie beside each other; the streams are all over the memory.
        double target = place.TargetMs, priority = place.Priority;
        for (var i = 0; i < Count; i++)
        {
            if (Target[i] == target && Priority[i] == priority && Streams[i].MeanServiceMs == place.MeanServiceMs)
            {
                return i;
            }
        }

        return -1;
    }

    private int Open(Place place)
    {
        if (Count == Streams.Length)
        {
            Grow(Count + Math.Max(Step, Count / Step * Step));
        }

        var slot = Count++;
        var stream = _spare ?? new VisitStream(Service);
        _spare = null;
        Head[slot] = 0;
        (stream.Priority, stream.TargetMs, stream.MeanServiceMs) = (place.Priority, place.TargetMs, place.MeanServiceMs);
        Streams[slot] = stream;
        Priority[slot] = place.Priority;
        Target[slot] = place.TargetMs;
        InverseTarget[slot] = 1.0 / place.TargetMs;
        Rate[slot] = place.Priority / ((double)place.TargetMs * place.TargetMs * place.MeanServiceMs);
        return slot;
    }

    // The last stream takes the empty place; empty streams do not pile up when priorities come and go.
    private void Close(int slot)
    {
        HeadsChanged();
        _spare = Streams[slot];
        var last = --Count;
        (Streams[slot], Head[slot], Since[slot], Priority[slot], Target[slot], InverseTarget[slot], Rate[slot]) =
            (Streams[last], Head[last], Since[last], Priority[last], Target[last], InverseTarget[last], Rate[last]);
        (Since[last], Priority[last], Target[last], InverseTarget[last], Rate[last]) = (double.PositiveInfinity, 0, 0, 0, 0);
        Streams[last] = null!;
    }

    private void Grow(int size)
    {
        var since = Padding(size);
        Array.Copy(Since, since, Count);
        Since = since;
        Array.Resize(ref Priority, size);
        Array.Resize(ref Target, size);
        Array.Resize(ref InverseTarget, size);
        Array.Resize(ref Rate, size);
        Array.Resize(ref Head, size);
        Array.Resize(ref Streams, size);
    }

    private static double[] Padding(int size)
    {
        System.Diagnostics.Debug.Assert(size % Vector<double>.Count == 0);
        var since = new double[size];
        Array.Fill(since, double.PositiveInfinity);
        return since;
    }
}

/// <summary>Visits alike in all that a rule compares, but for their time.</summary>
/// <param name="service">The service of all of them; null: they wait for somebody, for various services.</param>
internal sealed class VisitStream(string? service) : OrderedVisits
{
    public string? Service { get; } = service;

    public int Priority;
    public long TargetMs;
    public long MeanServiceMs;

    /// <summary>Who is behind the head, if anybody: a choice asks four streams for them, and the blocks are seldom at hand.</summary>
    public Entry Next;
}
