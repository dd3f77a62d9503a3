namespace EdgeQueue.Node.Roles.Audio;

/// <summary>Announcements that may be needed again (recalls), the least recently used given up first.</summary>
/// <param name="capacity">Samples kept, in all; a longer one is made anew each time.</param>
public sealed class SpeechCache(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<(string Key, RenderedSpeech Speech)>> byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, RenderedSpeech Speech)> byUse = new();
    private long held;

    public RenderedSpeech Get(string key, Func<RenderedSpeech> make)
    {
        if (byKey.TryGetValue(key, out var known))
        {
            byUse.Remove(known);
            byUse.AddFirst(known);
            return known.Value.Speech;
        }

        var made = make();
        // One that lacks a language is tried anew: the voice may be there by then.
        if (made.Complete && made.Samples.Length <= capacity)
        {
            byKey.Add(key, byUse.AddFirst((key, made)));
            held += made.Samples.Length;
        }

        while (held > capacity && byUse.Last is { } last)
        {
            byUse.RemoveLast();
            byKey.Remove(last.Value.Key);
            held -= last.Value.Speech.Samples.Length;
        }

        return made;
    }

    /// <summary>Samples held now.</summary>
    public long Held => held;
}
