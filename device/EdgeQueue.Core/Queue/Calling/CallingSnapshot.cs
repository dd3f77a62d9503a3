namespace EdgeQueue.Core.Queue;

/// <summary>The part of a snapshot that is about calling.</summary>
public sealed record CallingSnapshot(IReadOnlyList<RatioPosition> Ratios, IReadOnlyList<LearnedMeanService> Means);

/// <param name="Position">Calls made in the work profile's round.</param>
public sealed record RatioPosition(string Profile, int Position);

/// <param name="MeanMs">Milliseconds.</param>
public sealed record LearnedMeanService(string Service, long MeanMs);

public sealed partial class BranchState
{
    private CallingSnapshot CallingToSnapshot() => new(
        [.. RatioPositions.Select(r => new RatioPosition(r.Key, r.Value))],
        [.. LearnedMeans.Select(m => new LearnedMeanService(m.Key, m.Value))]);

    private void CallingFromSnapshot(CallingSnapshot snapshot)
    {
        foreach (var (profile, position) in snapshot.Ratios)
        {
            RatioPositions[profile] = position;
        }

        foreach (var (service, mean) in snapshot.Means)
        {
            LearnedMeans[service] = mean;
        }
    }
}
