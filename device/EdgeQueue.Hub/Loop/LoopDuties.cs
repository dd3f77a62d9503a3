using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Presence;
using EdgeQueue.Hub.Publishing;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Hub.Time;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// What the loop does beside commands, between two batches: time, the heartbeat, presence, the configuration, the disk's
/// recovery. All on the loop's thread, so that a heartbeat proves that the loop lives.
/// </summary>
public sealed class LoopDuties(HubSetting setting, LiveBranch live, BranchTime branchTime, LoopDutyParts with)
{
    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MarkPeriod = TimeSpan.FromSeconds(60);

    private readonly Schedule _tick = new(with.Time, TickPeriod);
    private readonly Schedule _beat = new(with.Time, BeatPeriod);
    private readonly Schedule _mark = new(with.Time, MarkPeriod);
    private readonly ClockNotice _clockNotice = new(with.Faults);
    private readonly RecordedNotice _recorded = new(with.Faults, with.Metrics);
    private readonly DiskTrial _trial = new(setting.Journal, with.Time);
    private readonly ConfigurationInForce _configuration = new(setting.Branch, live, branchTime, with);
    private readonly Heartbeat _heartbeat = new(setting, live, with);
    private SnapshotRow? _snapshot;
    private bool _trusted;
    private bool _sayAll;
    private bool _statusDue;
    private bool _beatDue;
    private bool _reloadNeeded;
    private int? _forgetUntil;

    public void Begin()
    {
        _configuration.Begin();
        _clockNotice.Begin(live.State.Clock);
        _recorded.Begin(live.State);
        BranchTimePasses();
        if (with.Guard.Behind is null)
        {
            _configuration.ApplyRules();
        }

        live.Batch.Meta[TimeMark.Name] = branchTime.Mark(_trusted).ToString();
        _forgetUntil = live.State.Day - 1;
    }

    /// <summary>How long the loop may sleep.</summary>
    public TimeSpan UntilNext()
    {
        if (TakesBookings && with.Bookings.HasWork(live))
        {
            return TimeSpan.Zero;
        }

        TimeSpan next = _tick.Left < _beat.Left ? _tick.Left : _beat.Left;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    public void Take(LoopInput input)
    {
        switch (input)
        {
            case ConfigurationRead read:
                _statusDue |= _configuration.Change(read);
                break;
            case FaultChanged changed:
                _statusDue |= with.Faults.Set(changed.Code, changed.Fault);
                break;
            case BookingsRead read:
                if (!with.Bookings.Take(read))
                {
                    with.Metrics.Rejected("tooMany", "bookings");
                }

                break;
            case CloudConnected:
                with.Bookings.CloudConnected();
                _statusDue = true;
                break;
            case CloudIsAhead ahead:
                with.Guard.CheckCloud(ahead.Stored, ahead.Other);
                break;
            case SnapshotMade made:
                _snapshot = made.Row;
                break;
        }
    }

    public void Connected()
    {
        with.Outbox.ConnectionChanged(connected: true);
        with.Presence.Connected(branchTime.Now());
        with.Metrics.Connections.Add();
        with.Faults.Set("brokerGone", null);
        HubLog.Connected(with.Log);
        _sayAll = true;
        _beatDue = true;
    }

    public void Disconnected(string reason)
    {
        with.Outbox.ConnectionChanged(connected: false);
        HubLog.Disconnected(with.Log, reason);
        with.Faults.Set("brokerGone", new Fault("brokerGone", $"No connection to the broker: {reason}"));
    }

    /// <param name="quiet">No command is in this batch: a good moment for what can wait.</param>
    public void BeforeCommit(bool quiet)
    {
        _beatDue |= _beat.IsDue();
        bool tick = _tick.IsDue();
        if (with.Intake.DiskFault)
        {
            if (_trial.IsDue())
            {
                Probe();
            }
        }
        else if (tick)
        {
            BranchTimePasses();
            if (_mark.IsDue())
            {
                live.Batch.Meta[TimeMark.Name] = branchTime.Mark(_trusted).ToString();
                if (with.Cloud?.State.Stored is { } stored)
                {
                    live.Batch.Cursors[CursorRow.Cloud] = stored;
                }
            }

            _trial.Forget(live.Batch);

            if (quiet)
            {
                live.Batch.Snapshot = _snapshot;
                live.Batch.ForgetUntilDay = _forgetUntil;
            }
        }

        if (TakesBookings)
        {
            with.Bookings.Work(live, setting.Journal.Identity.Id, branchTime.Now());
        }
    }

    private bool TakesBookings => !with.Intake.DiskFault && with.Guard.Behind is null;

    /// <summary>The batch is on the disk.</summary>
    public void Committed(JournalBatch batch)
    {
        with.Bookings.Committed();
        with.Intake.DiskFault = false;
        if (with.Faults.Set("diskFault", null))
        {
            _statusDue = true;
        }

        _sayAll |= _configuration.Committed();
        if (batch.Snapshot is { } snapshot)
        {
            HubLog.SnapshotWritten(with.Log, snapshot.Seq, snapshot.Data.Length);
            _snapshot = null;
        }

        if (batch.ForgetUntilDay is not null)
        {
            _forgetUntil = setting.Journal.Forgotten == 0 ? null : batch.ForgetUntilDay;
        }

        foreach ((_, Event happened) in live.Happened)
        {
            _statusDue |= _recorded.Follow(happened);
            switch (happened)
            {
                case DayClosed closed:
                    _forgetUntil = closed.Day;
                    break;
                case ClockStepped stepped:
                    HubLog.ClockStepped(with.Log, stepped.Clock.DisplayOffset, stepped.Clock.UtcOffsetMinutes, stepped.Clock.Trusted);
                    _clockNotice.Stepped(stepped.Clock, stepped.At);
                    _statusDue = true;
                    break;
                case EvacuationStarted or EvacuationEnded or DayOpened or RulesApplied:
                    _statusDue = true;
                    break;
            }
        }

        with.History.Follow(live.Happened, live.State);
        with.Snapshots.Consider(live.CommittedSeq);
    }

    public void DiskFailed(JournalException fault)
    {
        with.Intake.DiskFault = true;
        with.Bookings.Failed();
        _configuration.Failed();
        _statusDue |= with.Faults.Set("diskFault", new Fault("diskFault", fault.Message + " Nothing is decided until it does; free space or replace the disk."));
        Reload();
    }

    public void AfterCommit()
    {
        with.Faults.Set("journalBehind", with.Guard.Behind);
        _statusDue |= with.Faults.Set("nodeAhead", with.Guard.Doubt);
        _statusDue |= _clockNotice.Look(branchTime.Now());
        with.Faults.Set("publishRefused", with.Outbox.RefusedTopic is { } topic
            ? new Fault("publishRefused", $"The broker does not let the hub publish on {topic}. Correct the broker's access list.")
            : null);
        string? closed = with.Faults.Open.Select(f => HubRefusals.WhyClosed(f.Code)).FirstOrDefault(s => s is not null);
        bool openingChanged = with.Publisher.ClosedBecause != closed;
        with.Publisher.ClosedBecause = closed;
        if (!_reloadNeeded)
        {
            with.Bookings.Say(with.Outbox, with.Cloud, _configuration.Branch.Topics, live, setting.Journal.Identity.Id, _sayAll && _configuration.Branch.Configuration.CheckIn is not null);
            if (_sayAll)
            {
                with.Publisher.SayAllAgain();
                _sayAll = false;
            }
            else if (openingChanged || _tick.JustPassed)
            {
                with.Publisher.LookAtAll(evenUnchanged: openingChanged || _beatDue);
            }
        }

        if (_beatDue || _statusDue || with.Foreign.StatusDue || openingChanged)
        {
            (_beatDue, _statusDue) = (false, false);
            _heartbeat.Beat(_configuration.Branch, branchTime.Now(), _trusted, readable: !_reloadNeeded);
        }
    }

    /// <summary>Goes on purpose.</summary>
    public void SayGoodbye() => _heartbeat.SayGoodbye(_configuration.Branch, branchTime.Now(), _trusted);

    private void BranchTimePasses()
    {
        _trusted = branchTime.Trusted(_configuration.Branch.Configuration.Policy.ClockTrust);
        long made = branchTime.MakeUp(_trusted);
        if (made > 0)
        {
            HubLog.TimeMadeUp(with.Log, made);
            live.Batch.Meta[TimeMark.Name] = branchTime.Mark(_trusted).ToString();
        }

        if (live.State.Rules is not null && with.Guard.Behind is null)
        {
            live.Execute(new Tick(branchTime.Wall(live.State.Clock, _configuration.Zone, _trusted), branchTime.Now()), source: null);
        }
    }

    /// <summary>When the disk takes it, the fault is over.</summary>
    private void Probe()
    {
        if (_reloadNeeded)
        {
            Reload();
        }

        if (!_reloadNeeded)
        {
            live.Batch.Meta[TimeMark.Name] = branchTime.Mark(_trusted).ToString();
            _trial.Begin(live.Batch);
            if (with.Guard.Behind is null)
            {
                // The failed commit may have been the one that held the configuration's rules.
                _configuration.ApplyRules();
            }
        }
    }

    private void Reload()
    {
        try
        {
            live.Reload();
            _reloadNeeded = false;
        }
        catch (JournalException)
        {
            // It cannot even be read now: what was said last stays said, and the next probe tries again.
            live.BeginBatch();
            _reloadNeeded = true;
        }
    }
}
