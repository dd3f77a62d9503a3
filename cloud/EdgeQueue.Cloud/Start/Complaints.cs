using System.Collections.Concurrent;

namespace EdgeQueue.Cloud.Start;

/// <summary>Whether something is logged: once a minute for each kind and source, however often it happens. The figures count all of it.</summary>
public sealed class Complaints(TimeProvider time)
{
    private const int MostSources = 10_000;

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Kind, string Source), long> _said = new();

    /// <summary>True once a minute; who gets it says it.</summary>
    public bool MaySay(string kind, string source)
    {
        long now = time.GetTimestamp();
        if (_said.TryGetValue((kind, source), out long since))
        {
            return time.GetElapsedTime(since, now) >= Silence && _said.TryUpdate((kind, source), now, since);
        }

        if (_said.Count >= MostSources)
        {
            _said.Clear();
        }

        return _said.TryAdd((kind, source), now);
    }
}
