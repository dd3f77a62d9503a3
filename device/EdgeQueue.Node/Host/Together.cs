namespace EdgeQueue.Node.Host;

/// <summary>Parts that make no sense without one another.</summary>
internal static class Together
{
    /// <summary>
    /// Runs all until cancelled. Whichever ends first ends the others, and what it threw is thrown: a unit whose loop is broken must not go on
    /// hearing keys that nobody answers.
    /// </summary>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = parts.Select(part => part(stop.Token)).ToArray();
        var first = await Task.WhenAny(all);
        await stop.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.IsFaulted || !cancellation.IsCancellationRequested)
        {
            await first;
        }
    }
}
