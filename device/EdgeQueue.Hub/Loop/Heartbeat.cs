using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// What the hub says of itself on <c>branch/status</c>, to systemd and on its page, from the loop's own thread: a heartbeat
/// proves that the loop lives.
/// </summary>
public sealed class Heartbeat(HubSetting setting, LiveBranch live, LoopDutyParts with)
{
    private static readonly TimeSpan SecondHubShown = TimeSpan.FromSeconds(30);
    private const int MostFaults = 64;

    private long _beats;

    /// <param name="trusted">The wall clock is.</param>
    /// <param name="readable">What is in memory is what the disk has: else the page goes on with what it showed.</param>
    public void Beat(LoadedBranch branch, Moment now, bool trusted, bool readable)
    {
        _beats++;
        with.Foreign.StatusDue = false;
        bool second = with.Foreign.SecondHub is { } heard && now - heard < SecondHubShown;
        with.Faults.Set("secondHub", second
            ? new Fault("secondHub", "Another hub speaks for this branch on the same broker. Two hubs would give numbers twice: switch one off.")
            : null);
        with.Faults.Set(CommandRate.FaultCode, with.Rate.Fault);
        with.Faults.Set(CheckInTries.FaultCode, with.Tries.Fault);
        with.Faults.Set(OfflineNotice.Code, OfflineNotice.Of(live.State));
        with.Faults.Set(StrandedNotice.Code, StrandedNotice.Of(live.State));
        BranchStatusMessage status = Status(branch, now, trusted);
        with.Outbox.Retain(branch.Topics.BranchStatus, ContractJson.Write(status));
        with.Systemd.Watchdog($"event {status.Seq}, {status.Waiting} waiting, {status.Missing.Count} missing, {status.Faults.Count} faults");
        if (readable)
        {
            with.Picture.Take(live, branch, status, with.Presence, with.History, with.Outbox.Connected);
        }
    }

    /// <summary>Goes on purpose: said by ourselves, because the broker publishes no will after a goodbye.</summary>
    public void SayGoodbye(LoadedBranch branch, Moment now, bool trusted) =>
        with.Outbox.Retain(branch.Topics.BranchStatus, ContractJson.Write(Status(branch, now, trusted) with { Online = false }));

    private BranchStatusMessage Status(LoadedBranch branch, Moment now, bool trusted)
    {
        IReadOnlyList<MissingUnit> missing = with.Presence.Missing(branch, now);
        with.Presence.LogChanges(missing, with.Log);
        return new BranchStatusMessage(
            1, setting.Journal.Identity.Id, live.CommittedSeq, true, _beats, now.Milliseconds, live.State.Clock.Local(now), trusted,
            live.State.Day, live.State.Waiting, setting.Version, missing,
            Faults(branch), with.Cloud?.State is { } link ? new CloudStatus(link.Connected, link.Stored) : null,
            live.State.ParkedVisits is > 0 and var parked ? parked : null, live.State.Evacuating ? true : null);
    }

    /// <summary>At most <see cref="MostFaults"/>, and one more that says how many are not shown.</summary>
    private List<Fault> Faults(LoadedBranch branch)
    {
        List<Fault> faults = [.. with.Faults.Open, .. with.Presence.Faults(branch)];
        if (faults.Count > MostFaults)
        {
            int more = faults.Count - MostFaults;
            faults.RemoveRange(MostFaults, more);
            faults.Add(new Fault("moreFaults", $"{more} more faults are not shown here; the units' own status topics have them."));
        }

        return faults;
    }
}
