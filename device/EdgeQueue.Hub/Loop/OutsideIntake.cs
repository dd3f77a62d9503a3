using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>A command from outside came, as it came.</summary>
public sealed record OutsideAsked(ReadOnlyMemory<byte> Payload) : LoopInput;

/// <summary>
/// Commands of people who are not in the branch: a ticket by phone, leaving, a check-in. They come through the cloud, which knows who may
/// what; here they go the same way as a press: looked up, decided, in the ledger with their events.
/// </summary>
public sealed class OutsideIntake(LiveBranch branch, CommandLedger ledger, ReplyWriter replies, JournalGuard guard, HubMetrics metrics)
{
    /// <summary>Whose commands they are in the ledger; no node can have this name.</summary>
    public static readonly UnitAddress From = new("_cloud", "_cloud");

    private const int MaximumBytes = CommandIntake.MaximumBytes;

    /// <summary>How long somebody who takes this ticket now will probably wait, milliseconds; null: not known.</summary>
    public Func<IssueTicket, long?> ExpectedWaitMs { get; init; } = static _ => null;

    /// <returns>What to send after the commit; null: it has no id to answer.</returns>
    public Answer? Take(OutsideAsked asked, bool diskFault, Func<Moment> now)
    {
        string? fault = null;
        if (asked.Payload.Length > MaximumBytes || !ContractJson.TryRead(asked.Payload.Span, out OutsideMessage? message, out fault)
            || message.V != 1 || message.Id.Length != 32 || !message.Id.All(char.IsAsciiHexDigitLower))
        {
            metrics.Rejected(asked.Payload.Length > MaximumBytes ? "oversized" : "malformed", "cloud");
            return null;
        }

        byte[] hash = CommandLedger.HashOf(message.Command);
        if (ledger.Find(From, message.Id, out bool settled) is { } known)
        {
            metrics.Repeated.Add();
            return known.Hash is null || known.Hash.AsSpan().SequenceEqual(hash)
                ? new Answer(From, message.Id, known.Reply, settled) : Refuse(message, HubRefusals.IdReused, null);
        }

        if (diskFault || guard.Behind is not null)
        {
            return Refuse(message, guard.Behind is not null ? HubRefusals.JournalBehind : HubRefusals.DiskFault, null);
        }

        return Admit(message, now()) is { } refusal ? Refuse(message, refusal, hash) : Execute(message, hash, now());
    }

    private Refusal? Admit(OutsideMessage message, Moment now) => message.Command switch
    {
        _ when branch.State.Clock.Trusted && now.Milliseconds + branch.State.Clock.DisplayOffset > message.WantedUntil => HubRefusals.TooLate,
        IssueTicket ticket => ticket.Press == message.Id ? null : HubRefusals.PressIsNotId,
        // By the code alone, which nobody guesses: numbers tried from outside would make everybody outside wait.
        CheckIn { By: CheckInBy.Token } came => came.Press == message.Id ? null : HubRefusals.PressIsNotId,
        // Who is at a counter is the operator's: they are told there.
        CancelVisit c => branch.State.Find(c.Visit) is { AtCounter: true } called ? HubRefusals.AtCounter(called.Label) : null,
        Postpone => null,
        // Which of its people the cloud lets do it is in its audit trail.
        Redirect => null,
        _ => HubRefusals.NotFromOutside,
    };

    private Answer Execute(OutsideMessage message, byte[] hash, Moment now)
    {
        Command command = message.Command is IssueTicket ticket ? ticket with { ExpectedWaitMs = ExpectedWaitMs(ticket) } : message.Command;
        Decision decision = branch.Execute(command with { At = now }, EventSource.Cloud);
        if (decision.Refusal is { } refusal)
        {
            return Refuse(message, refusal, hash);
        }

        if (decision.Events.OfType<TicketIssued>().FirstOrDefault() is { } issued)
        {
            // Its paper is a phone, and no dispenser will report on it.
            branch.Execute(new ReportPrint(issued.Visit, PrintOutcome.Printed, false, now), EventSource.Cloud);
        }

        metrics.Accepted.Add();
        byte[] reply = replies.Accepted(message.Id, command, decision, branch);
        ledger.Keep(branch.Batch, new CommandRow(From, message.Id, branch.Seq, reply, hash, command is CancelVisit or Postpone or Redirect ? branch.State.Day + 1 : null));
        return new Answer(From, message.Id, reply, Settled: false);
    }

    private Answer Refuse(OutsideMessage message, Refusal refusal, byte[]? remember)
    {
        metrics.Refused(refusal.Code);
        byte[] reply = replies.Refused(message.Id, refusal, null, branch);
        if (remember is not null)
        {
            ledger.Refused(new CommandRow(From, message.Id, branch.Seq, reply, remember, null));
        }

        return new Answer(From, message.Id, reply, Settled: false);
    }
}
