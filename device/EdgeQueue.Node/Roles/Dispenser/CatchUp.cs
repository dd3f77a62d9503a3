using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>
/// Tells the hub what it does not know yet: offline tickets join one at a time in the order in which they were taken, and
/// what became of each paper is reported. On the role's loop.
/// </summary>
public sealed class CatchUp(DispenserStore store, IHubLine hub, TicketClock clock, NodeStatus status, NodeLog log)
{
    private const int MostReportsAtOnce = 8;

    private readonly HashSet<string> reporting = new(StringComparer.Ordinal);
    private bool joining;

    /// <summary>Whatever can be told now is told; called after every change.</summary>
    public void Consider()
    {
        ConsiderJoin();
        foreach (var ticket in store.State.Tickets.Where(t => t.AwaitsReport).ToList())
        {
            if (reporting.Count >= MostReportsAtOnce)
            {
                break;
            }

            if (reporting.Add(ticket.Job))
            {
                Report(ticket);
            }
        }
    }

    private void ConsiderJoin()
    {
        // The oldest first; while its paper is not decided, it holds up the others: the order is worth the second.
        var first = store.State.Tickets.FirstOrDefault(t => t.Offline is not null && !t.Joined);
        if (joining || first is not { AwaitsJoin: true } || (first.Join is null && !Prepare(first)))
        {
            return;
        }

        joining = true;
        var join = store.State.Find(first.Job)!.Join!;
        hub.Insist(join.Id, join.Envelope, result => Joined(first, result));
    }

    private bool Prepare(StoredTicket ticket)
    {
        if (!hub.Present || clock.Taken(ticket.Press!, store.State) is not var (taken, estimated))
        {
            return false;
        }

        var press = ticket.Press!;
        var id = CommandId.New();
        var command = new JoinOffline(
            press.Job, ticket.Offline!.Store, press.Service, press.Segment, press.Language, ticket.Offline.Number,
            new Moment(taken), press.Day, estimated, default, Details: ticket.Offline.Details);
        return Kept(new JoinPrepared(ticket.Job, id, hub.Envelope(id, command), taken));
    }

    private void Joined(StoredTicket ticket, CommandResult result)
    {
        joining = false;
        if (result is Refused { Reply.Refusal.Code: "otherJournal" })
        {
            // Prepared before the hub's journal was forked: somebody holds this paper, so it is asked for again, from there.
            if (Prepare(ticket))
            {
                Consider();
            }

            return;
        }

        var label = ticket.Offline!.Label;
        JoinAnswered? answer = result switch
        {
            Accepted a => new JoinAnswered(ticket.Job, a.Reply.Ticket?.Visit, null),
            Refused r => new JoinAnswered(ticket.Job, null, r.Reply.Refusal!.Sentence),
            _ => null,
        };
        if (answer is null || !Kept(answer))
        {
            return;
        }

        if (answer.Refused is null)
        {
            status.Count("joined");
            log.Info(DispenserEvent.Joined, $"{label} joined the queue");
        }
        else
        {
            // Somebody may hold this paper: a person must see to it.
            status.Count("joinRefused");
            status.Fault("joinRefused", $"The hub did not take over ticket {label}, which was printed while it was away: {answer.Refused}");
            log.Error(DispenserEvent.JoinRefused, $"{label}, press {ticket.Job}: {answer.Refused}");
        }

        Consider();
    }

    private void Report(StoredTicket ticket)
    {
        // The id follows from the paper, so that a repeat after a restart is the same command (law 3).
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("report " + ticket.Job)).AsSpan(0, 16));
        var command = new ReportPrint(ticket.Visit!.Value, ticket.Printed!.Value, ticket.Copy, default);
        hub.Insist(id, hub.Envelope(id, command), result =>
        {
            reporting.Remove(ticket.Job);
            if (result is NotSent || !Kept(new ReportAnswered(ticket.Job)))
            {
                return;
            }

            if (result is Refused refused)
            {
                log.Warn(DispenserEvent.Reported, $"the print report of visit {ticket.Visit} was refused: {refused.Reply.Refusal!.Sentence}");
            }

            Consider();
        });
    }

    private bool Kept(StoreRecord record)
    {
        try
        {
            store.Append(record);
            return true;
        }
        catch (IOException e)
        {
            log.Error(DispenserEvent.StoreFailed, e.Message);
            return false;
        }
    }
}
