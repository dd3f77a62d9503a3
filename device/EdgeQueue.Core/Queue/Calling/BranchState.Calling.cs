namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    /// <summary>By work profile with a ratio: calls made in its round.</summary>
    internal SortedDictionary<string, int> RatioPositions { get; } = new(StringComparer.Ordinal);

    /// <summary>By service: the mean service time learned so far, milliseconds.</summary>
    internal SortedDictionary<string, long> LearnedMeans { get; } = new(StringComparer.Ordinal);

    /// <summary>Visits that wait for a person, by the moment from which they wait for anyone.</summary>
    internal SortedSet<(long Until, long Visit)> PersonWaits { get; } = [];

    /// <summary>The mean service time that was learned of a service, milliseconds; null: nothing was.</summary>
    public long? LearnedMean(string service) => LearnedMeans.TryGetValue(service, out var mean) ? mean : null;

    internal int RatioPosition(string profile) => RatioPositions.GetValueOrDefault(profile);
}
