using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>An answer that leaves after the commit.</summary>
/// <param name="Settled">Given before: it stands even if this commit fails.</param>
public sealed record Answer(UnitAddress To, string Id, byte[] Bytes, bool Settled);

/// <summary>
/// One message from a unit to its one answer: read, admitted, looked up, decided, answered. It changes the live branch and the
/// batch; what it answers leaves only after the commit.
/// </summary>
public sealed class CommandIntake(
    LiveBranch branch, CommandLedger ledger, ReplyWriter replies, JournalGuard guard, PinDesk pins, HubMetrics metrics, Complaints complaints,
    CommandRate rate, CheckInTries tries)
{
    /// <summary>A command is some hundred bytes; nobody sends more by accident.</summary>
    public const int MaximumBytes = 16 * 1024;

    /// <summary>A node's idea of branch time is a heartbeat old, and its clock another.</summary>
    private const long ClocksApartMs = 1_000;

    public Admission Admission { get; set; } = null!;

    /// <summary>How long somebody who takes this ticket now will probably wait, milliseconds; null: not known.</summary>
    public Func<IssueTicket, long?> ExpectedWaitMs { get; set; } = static _ => null;

    /// <summary>The disk does not take commits: only what is known already is answered.</summary>
    public bool DiskFault { get; set; }

    /// <returns>What to send after the commit; null: nobody to answer, or the answer comes later.</returns>
    public Answer? Take(UnitAddress from, ReadOnlyMemory<byte> payload, Func<Moment> now)
    {
        if (rate.Count(from, Admission.Knows(from)) is var verdict && verdict != RateVerdict.Taken)
        {
            return TooMany(from, payload.Span, verdict);
        }

        if (payload.Length > MaximumBytes)
        {
            return Reject(from, "oversized", payload.Span, HubRefusals.TooLarge(payload.Length));
        }

        if (!Admission.Knows(from))
        {
            return Reject(from, "foreign", payload.Span, HubRefusals.UnknownUnit(from));
        }

        if (!ContractJson.TryRead<CommandMessage>(payload.Span, out CommandMessage? message, out string? fault))
        {
            return Reject(from, "malformed", payload.Span, HubRefusals.Malformed(fault));
        }

        if (!IsId(message.Id))
        {
            return Reject(from, "malformed", default, HubRefusals.Malformed("its id is not 32 lower-case hexadecimal digits."));
        }

        if (message.V != 1)
        {
            return Reject(from, "malformed", payload.Span, HubRefusals.UnknownVersion(message.V));
        }

        if (message.Command is null != message.Withdraw)
        {
            return Reject(from, "malformed", payload.Span, HubRefusals.Malformed("it must hold either a command or a withdrawal."));
        }

        Refusal? stale = guard.Check(message.Seen, from);
        byte[]? hash = message.Command is { } wanted ? CommandLedger.HashOf(wanted) : null;
        if (ledger.Find(from, message.Id, out bool settled) is { } known)
        {
            metrics.Repeated.Add();
            return known.Hash is null || hash is null || known.Hash.AsSpan().SequenceEqual(hash)
                ? new Answer(from, message.Id, known.Reply, settled)
                : Refuse(from, message.Id, HubRefusals.IdReused, null, remember: null);
        }

        if (DiskFault || guard.Behind is not null || stale is not null)
        {
            // Not remembered: the same press may succeed when the fault is over.
            Refusal why = stale ?? (guard.Behind is not null ? HubRefusals.JournalBehind : HubRefusals.DiskFault);
            return Refuse(from, message.Id, why, message.Command, remember: null);
        }

        if (message is { Command: { } late, WantedUntil: { } until } && now().Milliseconds > until + ClocksApartMs)
        {
            // The hub hung, or its disk did: whoever pressed has been told that nobody knows, and may have gone.
            return Refuse(from, message.Id, HubRefusals.TooLate, late, remember: null);
        }

        return message.Command is null ? Bury(from, message.Id) : Decide(from, message.Id, message.Command, message.Pin, hash!, now);
    }

    /// <summary>The PIN of a sign-in was looked at on another thread; meanwhile the press may have been withdrawn.</summary>
    public Answer? Take(PinLookedAt result, Func<Moment> now)
    {
        pins.Done(result);
        if (ledger.Find(result.Unit, result.Id, out bool settled) is { } known)
        {
            return new Answer(result.Unit, result.Id, known.Reply, settled);
        }

        if (DiskFault || guard.Behind is not null)
        {
            return Refuse(result.Unit, result.Id, DiskFault ? HubRefusals.DiskFault : HubRefusals.JournalBehind, result.Command, null);
        }

        return result.Operator is { } found
            ? Execute(result.Unit, result.Id, result.Command with { Operator = found }, result.Hash, now)
            : Refuse(result.Unit, result.Id, HubRefusals.PinWrong, result.Command, result.Hash);
    }

    private Answer? Decide(UnitAddress from, string id, Command command, string? pin, byte[] hash, Func<Moment> now)
    {
        if (Admission.Check(from, id, command, branch.State) is { } refusal)
        {
            return Refuse(from, id, refusal, command, hash);
        }

        if (command is ReportPrint report && !MayReport(from, report, now()))
        {
            return Refuse(from, id, HubRefusals.NotYourTicket, command, hash);
        }

        if (command is CheckIn tried && tries.Check(from, tried.By) is { } pause)
        {
            return Refuse(from, id, pause, command, hash);
        }

        if (command is OpenCounter open)
        {
            switch (pins.Look(from, id, open, pin, hash))
            {
                case PinLook.Pending: return null;
                case PinLook.Refused no: return Refuse(from, id, no.Refusal, command, hash);
            }
        }

        return Execute(from, id, Addressed(from, command), hash, now);
    }

    /// <summary>
    /// A report may cancel a visit, or bring it back: it must come from the unit whose press made the visit, which the ledger
    /// knows for ever, or be about a copy. A late report of a copy is only noted, as long as the visit stands.
    /// </summary>
    private bool MayReport(UnitAddress from, ReportPrint report, Moment now) =>
        branch.State.Find(report.Visit) is not { } visit
        || (report.Copy && (visit.Present || branch.Copies.At(from, now).Any(o => o.Visit == report.Visit)))
        || ledger.Find(from, visit.Press, out _) is not null;

    /// <summary>A keypad does not know dispensers: its copies come out of the branch's first.</summary>
    private Command Addressed(UnitAddress from, Command command) =>
        // How long a wait will be is the hub's to say, not a dispenser's.
        command is IssueTicket ticket ? ticket with { ExpectedWaitMs = ExpectedWaitMs(ticket) }
        : command is JoinOffline join ? Answered(from, join)
        : command is ReprintTicket { Node: "" } copy && replies.Branch.Units.FirstOrDefault(u => u.Unit.Dispenser is not null).Address is { } printer
            ? copy with { Node = printer.Node, Unit = printer.Unit }
            : command;

    /// <summary>The state forgets presses after a day, the answers to tickets stand for ever: one press stays one visit.</summary>
    private JoinOffline Answered(UnitAddress from, JoinOffline join)
    {
        TicketResult? ticket = branch.State.FindByPress(join.Press) is null && ledger.Find(from, join.Press, out _) is { } row
            && ContractJson.TryRead(row.Reply, out ReplyMessage? reply, out _) ? reply.Ticket : null;
        return join with { AnsweredVisit = ticket?.Visit, AnsweredLabel = ticket?.Label };
    }

    private Answer Execute(UnitAddress from, string id, Command command, byte[] hash, Func<Moment> now)
    {
        command = Employed(command);
        Decision decision = branch.Execute(command with { At = now() }, EventSource.Of(from, PersonAt(from, command)));
        if (command is CheckIn tried)
        {
            tries.Note(from, tried.By, decision);
        }

        if (decision.Refusal is { } refusal)
        {
            return Refuse(from, id, refusal, command, hash);
        }

        metrics.Accepted.Add();
        byte[] reply = replies.Accepted(id, command, decision, branch);
        bool isTicket = command is IssueTicket or JoinOffline or CheckIn;
        ledger.Keep(branch.Batch, new CommandRow(from, id, branch.Seq, reply, hash, isTicket ? null : branch.State.Day + 1));
        if (command is JoinOffline { Press: var press } && press != id && ledger.Find(from, press, out _) is null)
        {
            // The press itself may still be under way, late: it gets the ticket that was printed.
            ledger.Keep(branch.Batch, new CommandRow(from, press, branch.Seq, replies.Accepted(press, command, decision, branch), null, null));
        }

        return new Answer(from, id, reply, Settled: false);
    }

    /// <summary>A keypad does not know work profiles: who has one of their own brings it to the counter.</summary>
    private Command Employed(Command command) =>
        command is OpenCounter { WorkProfile: null } open && replies.Branch.Operator(open.Operator)?.WorkProfile is { } own
            ? open with { WorkProfile = own }
            : command;

    /// <summary>Who pressed: who signs in now, or is signed in at the unit's counter; null: nobody, as at a dispenser.</summary>
    private string? PersonAt(UnitAddress from, Command command) =>
        command is OpenCounter { Operator: { Length: > 0 } signsIn } ? signsIn
        : Admission.CounterOf(from) is { } counter ? branch.State.Counter(counter).Operator
        : null;

    /// <summary>A press that never came, or was refused long ago: should it come now, it has no effect any more.</summary>
    private Answer Bury(UnitAddress from, string id)
    {
        metrics.Withdrawn.Add();
        byte[] reply = replies.Refused(id, HubRefusals.Withdrawn, null, branch);
        ledger.Keep(branch.Batch, new CommandRow(from, id, branch.Seq, reply, null, branch.State.Day + 1));
        return new Answer(from, id, reply, Settled: false);
    }

    /// <param name="remember">The command's hash: its repeats get the same bytes. Null: they are looked at anew.</param>
    private Answer Refuse(UnitAddress from, string id, Refusal refusal, Command? command, byte[]? remember)
    {
        metrics.Refused(refusal.Code);
        byte[] reply = replies.Refused(id, refusal, command, branch);
        if (remember is not null)
        {
            ledger.Refused(new CommandRow(from, id, branch.Seq, reply, remember, null));
        }

        return new Answer(from, id, reply, Settled: false);
    }

    private Answer? TooMany(UnitAddress from, ReadOnlySpan<byte> payload, RateVerdict verdict)
    {
        if (verdict == RateVerdict.Refused)
        {
            return Reject(from, "tooMany", payload[..Math.Min(payload.Length, MaximumBytes)], HubRefusals.TooManyCommands);
        }

        metrics.Rejected("tooMany", from.ToString());
        return null;
    }

    private Answer? Reject(UnitAddress from, string kind, ReadOnlySpan<byte> payload, Refusal refusal)
    {
        metrics.Rejected(kind, from.ToString());
        complaints.Say(kind, from.ToString(), refusal.Sentence);
        return ReadId(payload) is { } id ? Refuse(from, id, refusal, null, null) : null;
    }

    /// <summary>The id of something that is not a command otherwise, so that its sender can be told.</summary>
    private static string? ReadId(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { } id && IsId(id) ? id : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not even JSON, or a string that is not text.
        }

        return null;
    }

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
}
