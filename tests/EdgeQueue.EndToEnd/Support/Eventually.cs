using System.Diagnostics;

namespace EdgeQueue.EndToEnd.Support;

/// <summary>Looks again and again, because another process takes its time; never a plain sleep.</summary>
public static class Eventually
{
    /// <summary>Until it is so; fails with what was expected.</summary>
    public static Task Is(Func<bool> so, string expected, double seconds = 20) => IsAsync(() => Task.FromResult(so()), expected, seconds, pause: 2);

    /// <summary>The same, where looking takes a request.</summary>
    /// <param name="pause">Milliseconds between two looks: a server is asked less often than a field.</param>
    public static async Task IsAsync(Func<Task<bool>> so, string expected, double seconds = 60, int pause = 200)
    {
        for (var waited = Stopwatch.StartNew(); !await so();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(seconds), $"expected within {seconds} s: {expected}");
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What was seen, each time it changed, with the milliseconds since the beginning.</summary>
    public static async Task<List<(long At, T Seen)>> Watch<T>(Func<T> look, double seconds)
    {
        var seen = new List<(long, T)>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            var now = look();
            if (seen.Count == 0 || !EqualityComparer<T>.Default.Equals(seen[^1].Item2, now))
            {
                seen.Add((watch.ElapsedMilliseconds, now));
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return seen;
    }
}
