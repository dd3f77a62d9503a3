using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Desk;
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

    /// <summary>What the log calls that which a booking is for: only the hub knows.</summary>
    private const string ABooking = "a booking";

    /// <summary>Told after each change of the store: somebody may have something to do.</summary>
    public event Action? Changed;

    /// <summary>What the customer should know: for the lamp and the screen.</summary>
    public event Action<DeskNotice>? Noticed;

    /// <summary>At start: presses of an earlier life. The customer may have gone, so they are withdrawn, not asked again.</summary>
    public void Recover()
    {
        foreach (var ticket in store.State.Tickets.Where(t => t.AwaitsAnswer).ToList())
        {
            hub.Withdraw(ticket.Job, result => Answered(ticket.Job, result));
        }
    }

    /// <summary>The hub is there, or was a moment ago.</summary>
    public bool HubAnswers => hub.MayAnswer;

    /// <summary>Whether this button (from 0) could give a ticket now; refuses aloud when it could not.</summary>
    public bool MayTake(int button)
    {
        var entry = menu.Entry(button);
        if (Objection(entry) is not { } objection)
        {
            return true;
        }

        Refuse(entry.Service, objection, language: entry.Language);
        return false;
    }

    /// <param name="button">From 0.</param>
    /// <param name="answers">To what the button asked; with a number of our own, all but the person is kept until the hub is back.</param>
    public void Press(int button, Answers? answers = null)
    {
        if (!MayTake(button))
        {
            return;
        }

        var entry = menu.Entry(button);
        var press = new PressTaken(
            CommandId.New(), entry.Button, entry.Service, entry.Segment, entry.Language, clock.Boot, clock.BootMs,
            clock.BranchMs, clock.Day ?? store.State.Day?.Day ?? 0);
        var told = DetailsOf(menu.Own(button), answers ?? Answers.None);
        if (!hub.MayAnswer)
        {
            Kept(press.Service, OwnNumber(press, told) is { } number ? [press, number] : null);
        }
        else if (Kept(press.Service, [press]))
        {
            var command = Asked(press, told, answers?.Person);
            Noticed?.Invoke(new DeskNotice.Asked(press.Job, press.Language));
            hub.Ask(press.Job, command, result => Answered(press.Job, result));
            loop.After(Patience, () => TurnToStore(press, told));
        }
    }

    private static TicketDetails DetailsOf(ButtonConfiguration own, Answers answers) => new(
        own.Attributes, answers.People ?? own.People, answers.Case,
        own.Steps is { } steps ? [.. steps.Select(s => new JourneyStep(s.Service, s.Operator))] : null,
        own.BestOrder ? true : null, own.Wants, own.Operator);

    private static IssueTicket Asked(PressTaken press, TicketDetails told, string? person) => new(
        press.Job, press.Service, press.Segment, press.Language, person, default, told.Attributes, told.People, told.Case,
        Steps: told.Steps, BestOrder: told.BestOrder, Wants: told.Wants, Operator: told.Operator);

    /// <summary>Whether a booking could be checked in now; refuses aloud when it could not.</summary>
    public bool MayCheckIn(string? language)
    {
        var objection = Objection(null) ?? (hub.MayAnswer ? null : new Objected(DeskCode.HubAway, "the hub is away, and only it knows the bookings"));
        if (objection is null)
        {
            return true;
        }

        Refuse(ABooking, objection, language: language);
        return false;
    }

    /// <summary>
    /// Asks the hub for the ticket of a booking. What was typed or scanned is neither logged nor kept on the disk; only that
    /// somebody asked is, so that the ticket of a check-in is printed, once, whatever is cut in between.
    /// </summary>
    /// <param name="value">Booking number, phone number's hash, or token.</param>
    public void CheckIn(CheckInBy by, string value, string? language)
    {
        var taken = new CheckInTaken(CommandId.New(), language, clock.Boot, clock.BootMs);
        if (MayCheckIn(language) && Kept(ABooking, [taken]))
        {
            Noticed?.Invoke(new DeskNotice.Asked(taken.Job, language));
            hub.Ask(taken.Job, new CheckIn(taken.Job, by, value, language, default), result => Answered(taken.Job, result));
            loop.After(CommandSender.PressWanted, () => TellAway(taken));
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
    /// <param name="entry">Null: a booking, whose service the hub knows.</param>
    private Objected? Objection(MenuEntry? entry)
    {
        if (printer.Status.CannotPrint)
        {
            return new(
                printer.Status.Has(PrinterFaults.PaperOut) ? DeskCode.NoPaper : DeskCode.CannotPrint, $"the printer cannot print ({printer.Status})");
        }

        if (store.State.Tickets.Count(t => t.AwaitsAnswer || t.AwaitsPaper) >= MostInWork)
        {
            return new(DeskCode.TooManyInWork, $"{MostInWork} tickets are in work");
        }

        // What was open yesterday says nothing about today: only a hub that is there can close the door.
        return hub.Present && menu.Current is { Open: false } closed
                ? new(closed.Evacuating is true ? DeskCode.Evacuating : DeskCode.Closed, closed.ClosedBecause ?? "the branch is closed")
            : hub.Present && entry is { Open: false } ? new(entry.Because ?? DeskCode.Closed, $"the service gives none now ({entry.Because})")
            : null;
    }

    private void TurnToStore(PressTaken press, TicketDetails told)
    {
        if (store.State.Find(press.Job) is { AwaitsAnswer: true } && OwnNumber(press, told) is { } number && Kept(press.Service, [number]))
        {
            hub.Forget(press.Job);
        }
    }

    private NumberTaken? OwnNumber(PressTaken press, TicketDetails told) => leases.Next(press.Service) is var (block, number)
        ? new NumberTaken(
            press.Job, store.State.Store!, block.Lease, number, TicketLabel.Of(block.Prefix, number, block.Digits), clock.LocalNow,
            told == new TicketDetails() ? null : told)
        : null;

    private void Answered(string job, CommandResult result)
    {
        if (store.State.Find(job) is not { AwaitsAnswer: true } ticket)
        {
            return;
        }

        var service = ticket.Press?.Service ?? ABooking;
        switch (result)
        {
            case Accepted { Reply: { Ticket: { } issued } reply }:
                log.Info(DispenserEvent.Issued, $"{issued.Label} for {service}");
                if (Kept(service, [new PressAnswered(job, issued, reply.Journal, reply.Seq)]))
                {
                    Noticed?.Invoke(new DeskNotice.Issued(job, issued.Label, issued.Language));
                }

                break;
            case Refused { Reply.Refusal: { } refusal }:
                Drop(ticket, service, new(refusal.Code, refusal.Sentence, refusal.At));
                break;
            case NotSent notSent:
                Drop(ticket, service, new("notSent", notSent.Reason));
                break;
            default:
                Drop(ticket, service, new("noTicketInAnswer", "the hub's answer holds no ticket"));
                break;
        }
    }

    private void Drop(StoredTicket ticket, string service, Objected why)
    {
        Kept(service, [new PressDropped(ticket.Job, why.Code)]);
        Refuse(service, why, ticket.Job, ticket.Language);
    }

    /// <summary>Never a silent wait: the last word may take days, and a customer stands there.</summary>
    private void TellAway(CheckInTaken taken)
    {
        if (store.State.Find(taken.Job) is { AwaitsAnswer: true })
        {
            Refuse(ABooking, new(DeskCode.HubAway, "the hub did not answer in time"), taken.Job, taken.Language);
        }
    }

    private bool Kept(string service, StoreRecord[]? records)
    {
        if (records is null)
        {
            Refuse(service, new(DeskCode.NoNumber, "the hub is away and no number of our own is left"));
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
            Refuse(service, new(DeskCode.StoreFailing, "the dispenser's memory cannot be written"));
            return false;
        }

        foreach (var number in records.OfType<NumberTaken>())
        {
            status.Count("offlineTickets");
            log.Info(DispenserEvent.IssuedOffline, $"{number.Label} for {service}, from our own numbers");
            Noticed?.Invoke(new DeskNotice.Issued(number.Job, number.Label, store.State.Find(number.Job)?.Language));
        }

        Changed?.Invoke();
        return true;
    }

    private void Refuse(string service, Objected why, string? job = null, string? language = null)
    {
        status.Count("refused");
        log.Warn(DispenserEvent.Refused, $"no ticket for {service}: {why.Sentence}");
        Noticed?.Invoke(new DeskNotice.Refused(job, why.Code, ByPress: service != ABooking, language, why.At));
    }

    /// <param name="Code">For the screen.</param>
    /// <param name="Sentence">For the log.</param>
    /// <param name="At">When to come back; null: no time helps.</param>
    private sealed record Objected(string Code, string Sentence, string? At = null);
}
