using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Presence;
using EdgeQueue.Hub.Publishing;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Hub.Time;
using EdgeQueue.Hub.Web;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Commands;

/// <summary>Which part knows which; nothing else.</summary>
internal static class HubAssembly
{
    /// <exception cref="JournalException">The journal cannot be replayed.</exception>
    public static CommandLoop Make(
        RunOptions options, LoadedBranch branch, SqliteJournal journal, IMqttConnection connection, HubMetrics metrics,
        HubPictures pictures, ForecastWorker forecast, CloudLink? cloud, SystemdNotify systemd, ILogger log, TimeProvider time, out LiveBranch live)
    {
        CommandLoop? loop = null;
        void Post(LoopInput input) => loop!.Post(input);

        string id = journal.Identity.Id;
        live = LiveBranch.Load(journal);
        var branchTime = new BranchTime(
            new LinuxClock(options.ClockFile), TimeMark.Parse(journal.Meta.GetValueOrDefault(TimeMark.Name)), journal.Last().At);
        var complaints = new Complaints(log, time);
        var guard = new JournalGuard(live, id, Ancestor.All(journal.Meta.GetValueOrDefault(Ancestor.Name)), metrics, complaints);
        var ledger = new CommandLedger(journal, time);
        var replies = new ReplyWriter(id, () => forecast.Latest) { Told = forecast.Told };
        var pins = new PinDesk(Post, time);
        var (rate, tries) = (new CommandRate(time), new CheckInTries(time));
        var intake = new CommandIntake(live, ledger, replies, guard, pins, metrics, complaints, rate, tries)
        {
            // What half of those who took a ticket now would wait; while too little is known nobody is sent away for it.
            ExpectedWaitMs = ticket => forecast.Latest?.Newcomers.GetValueOrDefault(new(ticket.Service, ticket.Segment))?.P50Ms,
        };
        var outbox = new Outbox(connection, metrics);
        var publisher = new StatePublisher(live, outbox, id) { Waits = () => forecast.Latest };
        var presence = new UnitPresence();
        var foreign = new ForeignMessages(id, presence, guard, publisher, outbox, metrics, complaints, branchTime.Now);
        var snapshots = new SnapshotMaker(
            options.Journal, row => Post(new SnapshotMade(row)), reason => HubLog.SideWorkFailed(log, reason));
        using (JournalReader reader = journal.Reader())
        {
            snapshots.Has(reader.LastSnapshot());
        }

        var duties = new LoopDuties(new HubSetting(branch, journal, HubVersion.Text), live, branchTime, new LoopDutyParts
        {
            Intake = intake, Replies = replies, Pins = pins, Guard = guard, Rate = rate, Tries = tries, Faults = new HubFaults(log), Presence = presence, Cloud = cloud,
            Publisher = publisher, Foreign = foreign, Outbox = outbox, History = new CallHistory(), Picture = pictures,
            Snapshots = snapshots, Systemd = systemd, Metrics = metrics, Log = log, Time = time,
        });
        return loop = new CommandLoop(connection, new HubParts
        {
            Topics = branch.Topics, Live = live, BranchTime = branchTime, Ledger = ledger, Intake = intake, Replies = replies,
            Outbox = outbox, Publisher = publisher, Foreign = foreign, Duties = duties, Forecast = forecast, Metrics = metrics, Time = time, Cloud = cloud,
            Outside = new OutsideIntake(live, ledger, replies, guard, metrics) { ExpectedWaitMs = intake.ExpectedWaitMs },
        });
    }
}
