using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;
using Paper = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>
/// Prints what awaits paper, oldest first, one at a time (law 11): the intent is durable before the first byte, the result
/// after the last, and an intent without a result is never repeated by itself. On the role's loop.
/// </summary>
public sealed class PrintQueue(
    DispenserStore store, ITicketPrinter printer, TicketClock clock, TicketComposer composer, RoleLoop loop, NodeStatus status,
    NodeLog log)
{
    /// <summary>A printer that takes no byte is tried again this often, while the customer may still be there.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    // Results that the disk did not take yet; after a restart these papers are uncertain.
    private readonly Dictionary<string, (StoredTicket Ticket, Paper Outcome, string? Reason)> unkept = new(StringComparer.Ordinal);
    private bool busy;
    private string? toldOf;

    /// <summary>Told after each paper that is decided, whatever became of it.</summary>
    public event Action? Ended;

    /// <summary>A ticket's paper does not come, once for each: "take your ticket" was told already.</summary>
    public event Action<DeskNotice>? Noticed;

    /// <summary>At start: papers that were begun in an earlier life may exist or not, and nobody knows.</summary>
    public void Recover()
    {
        foreach (var ticket in store.State.Tickets.Where(t => t.Printing).ToList())
        {
            End(ticket, Paper.Uncertain, "the process ended while it was printing");
        }

        Consider();
    }

    public void Consider()
    {
        foreach (var (ticket, outcome, reason) in unkept.Values.ToList())
        {
            End(ticket, outcome, reason);
        }

        Begin();
    }

    private void Begin()
    {
        if (busy || store.State.Tickets.FirstOrDefault(t => t.AwaitsPaper && !unkept.ContainsKey(t.Job)) is not { } ticket)
        {
            return;
        }

        if (!clock.IsFresh(ticket))
        {
            if (End(ticket, Paper.Failed, "it could not be printed in time"))
            {
                Begin();
            }

            return;
        }

        busy = true;
        loop.PostResult(printer.DrawAsync(composer.Compose(ticket)), job => Print(ticket, job));
    }

    private void Print(StoredTicket ticket, byte[]? job)
    {
        if (job is null)
        {
            busy = false;
            End(ticket, Paper.Failed, "it could not be drawn");
            Consider();
        }
        else if (Kept(new PrintIntended(ticket.Job)))
        {
            loop.PostResult(printer.PrintAsync(job), outcome => Printed(ticket, outcome));
        }
        else
        {
            Later();
        }
    }

    private void Printed(StoredTicket ticket, PrintOutcome outcome)
    {
        switch (outcome.Result)
        {
            case PrintResult.NotStarted:
                log.Warn(DispenserEvent.PrintDelayed, $"{composer.LabelOf(ticket)} is not printed yet: {outcome.Reason}");
                Tell(ticket, outcome.Status);

                if (!Kept(new PrintNotStarted(ticket.Job)))
                {
                    // It cannot be begun again without a durable intent, and the customer is not served by waiting.
                    End(ticket, Paper.Failed, outcome.Reason);
                }

                Later();
                return;
            case PrintResult.Uncertain:
                End(ticket, Paper.Uncertain, outcome.Reason);
                break;
            case PrintResult.Printed or PrintResult.Sent:
                End(ticket, Paper.Printed, null);
                break;
        }

        busy = false;
        Consider();
    }

    private void Tell(StoredTicket ticket, PrinterStatus printerIs)
    {
        if (!ticket.Copy && toldOf != ticket.Job)
        {
            toldOf = ticket.Job;
            Noticed?.Invoke(new DeskNotice.Refused(
                null, printerIs.Has(PrinterFaults.PaperOut) ? DeskCode.NoPaper : DeskCode.CannotPrint, ByPress: true, ticket.Language));
        }
    }

    private void Later() => loop.After(TryAgain, () =>
    {
        busy = false;
        Consider();
    });

    private bool End(StoredTicket ticket, Paper outcome, string? reason)
    {
        if (!Kept(new PrintEnded(ticket.Job, outcome)))
        {
            unkept[ticket.Job] = (ticket, outcome, reason);
            return false;
        }

        unkept.Remove(ticket.Job);

        status.Count(outcome switch { Paper.Printed => "printed", Paper.Uncertain => "uncertain", _ => "unprinted" });
        log.Info(DispenserEvent.PrintEnded, $"{composer.LabelOf(ticket)}{(ticket.Copy ? " (copy)" : "")} {outcome.ToString().ToLowerInvariant()}{(reason is null ? "" : $": {reason}")}");
        Ended?.Invoke();
        return true;
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
            status.Fault("storeFailing", $"The dispenser's own memory cannot be written: {e.Message}. Look at the disk's space and health.");
            log.Error(DispenserEvent.StoreFailed, e.Message);
            return false;
        }
    }
}
