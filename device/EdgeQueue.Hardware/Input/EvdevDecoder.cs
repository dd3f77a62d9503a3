using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Input;

/// <summary>
/// From the bytes of an event device to key changes. Pieces of an event that arrive apart (a FIFO promises nothing) are
/// put together; after SYN_DROPPED everything up to the next report is discarded, as the kernel's documentation asks
/// (Documentation/input/event-codes.rst), and the keys are asked for anew.
/// </summary>
/// <param name="path">For <see cref="PressesLost"/>.</param>
/// <param name="now">Time stamps for events that carry none.</param>
/// <param name="keysDown">The keys that are down now according to the device; empty where it cannot tell.</param>
internal sealed class EvdevDecoder(string path, Func<long> now, Func<IReadOnlyCollection<KeyCode>> keysDown)
{
    private static readonly int EventSize = Unsafe.SizeOf<EvdevAbi.InputEvent>();

    private readonly SortedSet<KeyCode> down = [];
    private readonly byte[] pending = new byte[EventSize];
    private int pendingBytes;
    private bool discarding;

    /// <summary>Takes bytes as they come and tells what they mean.</summary>
    public void Take(ReadOnlySpan<byte> bytes, Action<InputArrival> tell)
    {
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(EventSize - pendingBytes, bytes.Length)];
            part.CopyTo(pending.AsSpan(pendingBytes));
            pendingBytes += part.Length;
            bytes = bytes[part.Length..];
            if (pendingBytes == EventSize)
            {
                pendingBytes = 0;
                Decode(MemoryMarshal.Read<EvdevAbi.InputEvent>(pending), tell);
            }
        }
    }

    /// <summary>The device is gone: nobody holds a key any more, and a piece of an event is worth nothing.</summary>
    public void ReleaseAll(Action<InputArrival> tell)
    {
        pendingBytes = 0;
        discarding = false;
        Resynchronise([], tell);
    }

    private void Decode(in EvdevAbi.InputEvent @event, Action<InputArrival> tell)
    {
        if (@event.Type == EvdevAbi.TypeSynchronise)
        {
            Synchronise(@event.Code, tell);
        }
        else if (@event.Type == EvdevAbi.TypeKey && !discarding)
        {
            Change((KeyCode)@event.Code, @event.Value, TimeOf(@event), tell);
        }
    }

    private void Synchronise(ushort code, Action<InputArrival> tell)
    {
        if (code == EvdevAbi.CodeDropped)
        {
            discarding = true;
        }
        else if (code == EvdevAbi.CodeReport && discarding)
        {
            discarding = false;
            tell(new PressesLost(path));
            Resynchronise(keysDown(), tell);
        }
    }

    private void Change(KeyCode key, int value, long at, Action<InputArrival> tell)
    {
        // 2 is autorepeat: a finger that rests on Next must not call the whole hall.
        if (value == EvdevAbi.ValueDown)
        {
            down.Add(key);
            tell(new KeyChanged(key, true, at));
        }
        else if (value == EvdevAbi.ValueUp && down.Remove(key))
        {
            tell(new KeyChanged(key, false, at));
        }
    }

    private void Resynchronise(IReadOnlyCollection<KeyCode> actual, Action<InputArrival> tell)
    {
        var at = now();
        foreach (var key in down.Except(actual).ToArray())
        {
            Change(key, EvdevAbi.ValueUp, at, tell);
        }

        foreach (var key in actual.Except(down).ToArray())
        {
            Change(key, EvdevAbi.ValueDown, at, tell);
        }
    }

    private long TimeOf(in EvdevAbi.InputEvent @event) =>
        (@event.Seconds, @event.Microseconds) == (0, 0)
            ? now()
            : (@event.Seconds * 1_000_000_000) + (@event.Microseconds * 1_000);
}
