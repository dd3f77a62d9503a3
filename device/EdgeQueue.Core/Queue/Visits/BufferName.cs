namespace EdgeQueue.Core.Queue;

/// <summary>
/// Who is called ahead waits bound to the buffer as to a counter, so that no rule sees them. No counter's name has this sign.
/// </summary>
public static class BufferName
{
    private const char Sign = '@';

    /// <summary>What somebody in the buffer is bound to.</summary>
    public static string Bound(string buffer) => Sign + buffer;

    /// <summary>The buffer that a place is bound to; null: none.</summary>
    public static string? Of(Place place) => Of(place.BoundCounter);

    /// <summary>The buffer that a call goes to; null: it goes to a counter.</summary>
    public static string? Of(string? counter) => counter is [Sign, ..] bound ? bound[1..] : null;

    /// <summary>The place is bound to this buffer.</summary>
    public static bool Is(Place place, string buffer) => place.BoundCounter is [Sign, ..] bound && bound.AsSpan(1).SequenceEqual(buffer);

    /// <summary>The same place without the buffer: whoever was called from there is in it no more.</summary>
    public static Place Left(Place place) => place.BoundCounter is [Sign, ..] ? place with { BoundCounter = null } : place;
}
