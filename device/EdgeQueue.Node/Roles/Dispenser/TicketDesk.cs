using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>
/// From a press to a number: the hub's, or after a second without an answer one of the store's own. One press, one visit,
/// whatever is cut or killed in between. On the role's loop.
/// </summary>
public sealed class TicketDesk(
    DispenserStore store, IHubLine hub, LeaseKeeper leases, Menu menu, ITicketPrinter printer, TicketClock clock, RoleLoop loop,
    NodeStatus status, NodeLog log)
{
    /// <summary>Longer, and customers press again (DESIGN §7, offline tickets).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Presses and papers at once; a queue at the printer is longer than people wait (law 10).</summary>
    public const int MostInWork = 12;

    /// <summary>Told after each change of the store: somebody may have something to do.</summary>
    public event Action? Changed;

    /// <summary>Told when a customer gets nothing, so that the lamp says so.</summary>
    public event Action? RefusedAloud;

    /// <summary>At start: presses of an earlier life. The customer may have gone, so they are withdrawn, not asked again.</summary>
    public void Recover()
    {
        foreach (var ticket in store.State.Tickets.Where(t => t.AwaitsAnswer).ToList())
        {
            hub.Withdraw(ticket.Job, result => Answered(ticket.Job, result));
        }
    }

    /// <param name="button">From 0.</param>
    public void Press(int button)
    {
        var entry = menu.Entry(button);
        if (Objection(entry) is { } objection)
        {
            Refuse(entry.Service, objection);
            return;
        }

        var press = new PressTaken(
            CommandId.New(), entry.Button, entry.Service, entry.Segment, entry.Language, clock.Boot, clock.BootMs,
            clock.BranchMs, clock.Day ?? store.State.Day?.Day ?? 0);
        if (!hub.MayAnswer)
        {
            Kept(press.Service, OwnNumber(press) is { } number ? [press, number] : null);
        }
        else if (Kept(press.Service, [press]))
        {
            var command = new IssueTicket(press.Job, press.Service, press.Segment, press.Language, null, default);
            hub.Ask(press.Job, command, result => Answered(press.Job, result));
            loop.After(Patience, () => TurnToStore(press));
        }
    }

    public void Order(OpenCopy copy)
    {
        var job = CopyOrdered.JobOf(copy);
        if (!store.State.CopiesBegun.Contains(job)
            && Kept(copy.Ticket.Service, [new CopyOrdered(job, copy.At, copy.Ticket, clock.Boot, clock.BootMs)]))
        {
            log.Info(DispenserEvent.CopyOrdered, $"a copy of {copy.Ticket.Label} was ordered");
        }
    }

    /// <summary>Why no ticket can be given now; null: it can.</summary>
    private string? Objection(MenuEntry entry)
    {
        if (printer.Status.CannotPrint)
        {
            return $"the printer cannot print ({printer.Status})";
        }

        if (store.State.Tickets.Count(t => t.AwaitsAnswer || t.AwaitsPaper) >= MostInWork)
        {
            return $"{MostInWork} tickets are in work";
        }

        // What was open yesterday says nothing about today: only a hub that is there can close the door.
        return hub.Present && menu.Current is { Open: false } closed ? closed.ClosedBecause ?? "the branch is closed"
            : hub.Present && !entry.Open ? "the service is closed"
            : null;
    }

    private void TurnToStore(PressTaken press)
    {
        if (store.State.Find(press.Job) is { AwaitsAnswer: true } && OwnNumber(press) is { } number && Kept(press.Service, [number]))
        {
            hub.Forget(press.Job);
        }
    }

    private NumberTaken? OwnNumber(PressTaken press) => leases.Next(press.Service) is var (block, number)
        ? new NumberTaken(press.Job, store.State.Store!, block.Lease, number, TicketLabel.Of(block.Prefix, number, block.Digits), clock.LocalNow)
        : null;

    private void Answered(string job, CommandResult result)
    {
        if (store.State.Find(job) is not { AwaitsAnswer: true } ticket)
        {
            return;
        }

        var service = ticket.Press!.Service;
        switch (result)
        {
            case Accepted { Reply: { Ticket: { } issued } reply }:
                log.Info(DispenserEvent.Issued, $"{issued.Label} for {service}");
                Kept(service, [new PressAnswered(job, issued, reply.Journal, reply.Seq)]);
                break;
            case Refused { Reply.Refusal: { } refusal }:
                Kept(service, [new PressDropped(job, refusal.Code)]);
                Refuse(service, refusal.Sentence);
                break;
            case NotSent notSent:
                Kept(service, [new PressDropped(job, "notSent")]);
                Refuse(service, notSent.Reason);
                break;
            default:
                Kept(service, [new PressDropped(job, "noTicketInAnswer")]);
                Refuse(service, "the hub's answer holds no ticket");
                break;
        }
    }

    private bool Kept(string service, StoreRecord[]? records)
    {
        if (records is null)
        {
            Refuse(service, "the hub is away and no number of our own is left");
            return false;
        }

        try
        {
            store.Append(records);
            status.Fault("storeFailing", null);
        }
        catch (IOException e)
        {
            status.Fault("storeFailing", $"The dispenser's own memory cannot be written: {e.Message}. Look at the disk's space and health.");
            Refuse(service, "the dispenser's memory cannot be written");
            return false;
        }

        foreach (var number in records.OfType<NumberTaken>())
        {
            status.Count("offlineTickets");
            log.Info(DispenserEvent.IssuedOffline, $"{number.Label} for {service}, from our own numbers");
        }

        Changed?.Invoke();
        return true;
    }

    private void Refuse(string service, string why)
    {
        status.Count("refused");
        log.Warn(DispenserEvent.Refused, $"no ticket for {service}: {why}");
        RefusedAloud?.Invoke();
    }
}
