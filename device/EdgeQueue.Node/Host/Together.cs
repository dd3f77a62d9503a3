namespace EdgeQueue.Node.Host;

/// <summary>Parts that make no sense without one another.</summary>
internal static class Together
{
    /// <summary>
    /// Runs all until cancelled. Whichever breaks first ends the others, and what it threw is thrown: a unit whose loop is broken must not go on
    /// hearing keys that nobody answers. A part that has nothing to do may end at once.
    /// </summary>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = parts.Select(part => part(stop.Token)).ToList();
        Task? broken = null;
        while (broken is null && running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            broken = ended.IsFaulted ? ended : null;
        }

        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (broken is not null)
        {
            await broken;
        }
    }
}
