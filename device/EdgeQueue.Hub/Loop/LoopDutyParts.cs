using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Presence;
using EdgeQueue.Hub.Publishing;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>What this hub is and what it was started with.</summary>
public sealed record HubSetting(LoadedBranch Branch, SqliteJournal Journal, string Version);

/// <summary>What the duties work with.</summary>
public sealed class LoopDutyParts
{
    public required CommandIntake Intake { get; init; }

    public required ReplyWriter Replies { get; init; }

    public required PinDesk Pins { get; init; }

    public BookingsDesk Bookings { get; } = new();

    /// <summary>Null: this branch has no cloud.</summary>
    public CloudLink? Cloud { get; init; }

    public required JournalGuard Guard { get; init; }

    public required CommandRate Rate { get; init; }

    public required CheckInTries Tries { get; init; }

    public required HubFaults Faults { get; init; }

    public required UnitPresence Presence { get; init; }

    public required StatePublisher Publisher { get; init; }

    public required ForeignMessages Foreign { get; init; }

    public required Outbox Outbox { get; init; }

    public required CallHistory History { get; init; }

    public required HubPictures Picture { get; init; }

    public required SnapshotMaker Snapshots { get; init; }

    public required SystemdNotify Systemd { get; init; }

    public required HubMetrics Metrics { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>This configuration is in force from now on.</summary>
    public void Use(LoadedBranch branch)
    {
        Intake.Admission = new Admission(branch);
        Replies.Branch = branch;
        Pins.Branch = branch;
        Foreign.Branch = branch;
        Guard.Use(branch);
    }
}
