namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// One voice on a device of several channels, as when one card serves the loudspeakers of several zones: this zone's
/// channel, and silence on all others.
/// </summary>
/// <param name="Channels">1 or more.</param>
/// <param name="Channel">From 0; null: all.</param>
public sealed record ChannelLayout(int Channels, int? Channel)
{
    /// <summary>Interleaved.</summary>
    public ReadOnlyMemory<short> Spread(ReadOnlyMemory<short> mono)
    {
        if (Channels == 1)
        {
            return mono;
        }

        var spread = new short[mono.Length * Channels];
        var from = mono.Span;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var at = 0; (Channel is null || channel == Channel) && at < from.Length; at++)
            {
                spread[(at * Channels) + channel] = from[at];
            }
        }

        return spread;
    }
}
