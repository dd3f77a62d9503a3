namespace EdgeQueue.Core.Queue;

/// <summary>
/// Who is called ahead waits bound to the buffer as to a counter, so that no rule sees them. No counter's name has this sign.
/// </summary>
internal static class BufferName
{
    private const char Sign = '@';

    public static string Bound(string buffer) => Sign + buffer;

    /// <summary>The buffer that a place is bound to; null: none.</summary>
    public static string? Of(Place place) => place.BoundCounter is [Sign, ..] bound ? bound[1..] : null;

    /// <summary>The same place without the buffer: whoever was called from there is in it no more.</summary>
    public static Place Left(Place place) => place.BoundCounter is [Sign, ..] ? place with { BoundCounter = null } : place;
}
