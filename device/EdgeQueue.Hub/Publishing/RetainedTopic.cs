namespace EdgeQueue.Hub.Publishing;

/// <summary>One retained topic: how its message is made, and what was said last.</summary>
/// <param name="make">The message for a given seq.</param>
internal sealed class RetainedTopic(string topic, Func<long, byte[]> make)
{
    private byte[]? _content;

    public string Topic { get; } = topic;

    /// <summary>The message, when it differs from what was said last in more than its seq; else null.</summary>
    public byte[]? Changed(long seq)
    {
        byte[] content = make(0);
        if (_content.AsSpan().SequenceEqual(content) && _content is not null)
        {
            return null;
        }

        _content = content;
        return make(seq);
    }

    /// <summary>The broker may have forgotten it.</summary>
    public void Forget() => _content = null;
}
