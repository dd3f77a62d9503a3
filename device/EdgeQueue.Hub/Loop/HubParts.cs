using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Publishing;
using EdgeQueue.Hub.Time;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>What the loop works with; all of it belongs to the loop's thread.</summary>
public sealed class HubParts
{
    public required Topics Topics { get; init; }

    public required LiveBranch Live { get; init; }

    public required BranchTime BranchTime { get; init; }

    public required CommandLedger Ledger { get; init; }

    public required CommandIntake Intake { get; init; }

    public required OutsideIntake Outside { get; init; }

    /// <summary>Null: this branch has no cloud.</summary>
    public CloudLink? Cloud { get; init; }

    public required ReplyWriter Replies { get; init; }

    public required Outbox Outbox { get; init; }

    public required StatePublisher Publisher { get; init; }

    public required ForeignMessages Foreign { get; init; }

    public required LoopDuties Duties { get; init; }

    public required ForecastWorker Forecast { get; init; }

    public required HubMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }

    public Moment Now() => BranchTime.Now();
}
