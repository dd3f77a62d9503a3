namespace EdgeQueue.Mqtt;

/// <summary>
/// How long to wait before the next attempt: doubling up to a limit, and a random part of it, so that the nodes of a
/// branch (or the branches of a cloud) do not all knock in the same millisecond after a restart. A TLS handshake costs
/// the broker about 0.7 ms of processor time.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    /// <summary>Between half and all of <c>first × 2^failures</c>, at most <c>longest</c>.</summary>
    public TimeSpan Next()
    {
        double limit = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromMilliseconds(limit * (0.5 + (random.NextDouble() / 2)));
    }

    /// <summary>
    /// Starts over, after a connection that has stood for a while. One that fell at once does not count: two programs
    /// with the same client id would otherwise throw each other out five times a second, for ever.
    /// </summary>
    public void Reset() => _failures = 0;
}
