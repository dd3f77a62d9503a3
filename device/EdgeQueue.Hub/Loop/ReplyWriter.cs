using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Publishing;

namespace EdgeQueue.Hub.Loop;

/// <summary>Makes the one answer to a command; its bytes are kept and given again to every repeat.</summary>
/// <param name="waits">The latest predictions; null: none.</param>
public sealed class ReplyWriter(string journal, Func<WaitBoard?> waits)
{
    /// <summary>The configuration in force.</summary>
    public LoadedBranch Branch { get; set; } = null!;

    /// <summary>Hears what each new ticket says; it is scored by that.</summary>
    public Action<Visit, WaitPrediction> Told { get; init; } = static (_, _) => { };

    public byte[] Accepted(string id, Command command, Decision decision, LiveBranch live) => ContractJson.Write(new ReplyMessage(
        1, id, journal, live.Seq, null,
        Ticket: TicketOf(command, decision, live.State),
        Lease: command is LeaseNumbers lease ? LeaseOf(lease, live.State) : null,
        Counter: CounterOf(command, live),
        Why: decision.Events.OfType<VisitCalled>().FirstOrDefault()?.Why));

    public byte[] Refused(string id, Refusal refusal, Command? command, LiveBranch live) =>
        ContractJson.Write(new ReplyMessage(1, id, journal, live.Seq, refusal, Counter: CounterOf(command, live)));

    private CounterMessage? CounterOf(Command? command, LiveBranch live) =>
        command is not null && Admission.CounterOf(command) is { } counter && Branch.Counter(counter) is { } configured
            ? CounterFace.Of(configured, live.State, journal, live.Seq)
            : null;

    private static LeaseResult LeaseOf(LeaseNumbers asked, BranchState state) => new(
        asked.Store,
        [.. state.LeasesOf(asked.Store).Select(l => new LeasedBlock(l.Id, l.Service, l.Prefix, l.Digits, l.First, l.Last))]);

    private TicketResult? TicketOf(Command command, Decision decision, BranchState state)
    {
        long? number = command switch
        {
            IssueTicket c => decision.Events.OfType<TicketIssued>().FirstOrDefault()?.Visit ?? state.FindByPress(c.Press)?.Visit,
            CheckIn c => decision.Events.OfType<TicketIssued>().FirstOrDefault()?.Visit ?? state.FindByPress(c.Press)?.Visit,
            JoinOffline c => decision.Events.OfType<TicketIssued>().FirstOrDefault()?.Visit ?? state.FindByPress(c.Press)?.Visit,
            ReprintTicket => decision.Events.OfType<CopyRequested>().FirstOrDefault()?.Visit,
            _ => null,
        };
        return number is { } visit && state.Find(visit) is { } found
            ? TicketFace.Of(found, Branch.Configuration, state) with { ExpectedMinutes = Expected(command, decision, found, state) }
            : null;
    }

    /// <summary>
    /// Only for a ticket that is taken now: who took one offline or wants a copy was told, or has waited since. One with an
    /// appointment is told from now to the call, the time until the slot included.
    /// </summary>
    private ExpectedWait? Expected(Command command, Decision decision, Visit visit, BranchState state)
    {
        if (command is not (IssueTicket or CheckIn) || visit.Phase != VisitPhase.Waiting || waits() is not { } board)
        {
            return null;
        }

        WaitPrediction? predicted = state.Facts(visit.Number) is { IsAppointment: true, Booking: { } booking }
            ? board.Bookings.GetValueOrDefault(booking)
            : board.Newcomers.GetValueOrDefault(new(visit.Service, visit.Segment));
        ExpectedWait? minutes = predicted is null ? null : WaitBoard.Minutes(predicted);
        if (minutes is not null && decision.Events.Any(e => e is TicketIssued))
        {
            Told(visit, WaitBoard.Promise(minutes, predicted!.Basis));
        }

        return minutes;
    }
}
