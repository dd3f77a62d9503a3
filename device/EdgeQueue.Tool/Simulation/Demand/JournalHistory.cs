using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// All that is learned from a journal. What a hub needs for its forecasts is <see cref="BranchHistory"/>; the rest is for simulations only,
/// and so no hub carries it.
/// </summary>
internal sealed record JournalHistory
{
    public BranchHistory Branch { get; init; } = new();

    public ErrandHistory Errands { get; } = new();

    public EpisodeHistory Episodes { get; } = new();

    public void Learn(Event happened)
    {
        Branch.Learn(happened);
        Errands.Learn(happened);
        Episodes.Learn(happened);
    }
}
