using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>The parts of a dispenser and who tells whom. On the role's loop.</summary>
internal sealed class DispenserParts
{
    private readonly NodeHost host;
    private readonly DispenserStore store;
    private readonly Menu menu;
    private readonly TicketPrinter printer;
    private readonly HubLine hub;
    private readonly TicketClock clock;
    private readonly PrintQueue prints;
    private readonly CatchUp catchUp;
    private readonly TicketDesk desk;
    private readonly DispenserLamp lamp;

    public DispenserParts(NodeHost host, RoleLoop loop, DispenserStore store, Menu menu, TicketPrinter printer, ILamp? light)
    {
        (this.host, this.store, this.menu, this.printer) = (host, store, menu, printer);
        hub = new HubLine(host, loop);
        clock = new TicketClock(host.Clock);
        lamp = new DispenserLamp(light, loop, host.Status);
        Leases = new LeaseKeeper(host.Address, store, hub, host.Status, host.Log);
        catchUp = new CatchUp(store, hub, clock, host.Status, host.Log);
        prints = new PrintQueue(store, printer, clock, new TicketComposer(host.File.Branch, menu), loop, host.Status, host.Log);
        desk = new TicketDesk(store, hub, Leases, menu, printer, clock, loop, host.Status, host.Log);
        desk.Changed += Changed;
        desk.RefusedAloud += lamp.SignRefused;
        prints.Ended += catchUp.Consider;
    }

    public LeaseKeeper Leases { get; }

    public void Recover()
    {
        Leases.Offer(menu.Services);
        desk.Recover();
        prints.Recover();
        catchUp.Consider();
        ShowLamp();
    }

    public void Press(int button)
    {
        lamp.SignSeen();
        desk.Press(button);
    }

    public void MenuChanged(DispenserMessage message)
    {
        Leases.Offer(menu.Services);
        foreach (var copy in message.Copies ?? [])
        {
            desk.Order(copy);
        }
    }

    public void LinkChanged()
    {
        if (hub.Present)
        {
            LearnDay();
            Leases.Consider();
            catchUp.Consider();
        }

        ShowLamp();
    }

    /// <summary>Now and then: what was refused, or could not be written, is tried again.</summary>
    public void Upkeep()
    {
        LearnDay();
        Leases.TryAgain();
        prints.Consider();
        catchUp.Consider();
        ShowLamp();
    }

    public void ShowLamp()
    {
        var numbers = hub.MayAnswer || menu.Services.Any(s => Leases.Next(s) is not null);
        lamp.Show(printer.Status.CannotPrint || !numbers ? LampState.NoTickets
            : hub.Present ? LampState.Ready
            : LampState.OnOwnNumbers);
    }

    private void Changed()
    {
        prints.Consider();
        catchUp.Consider();
        Leases.Consider();
    }

    /// <summary>Kept, so that a ticket after a reboot without the hub still knows its business day and a floor for its time.</summary>
    private void LearnDay()
    {
        if (clock.Day is { } day && clock.BranchMs is { } now
            && (store.State.Day is not { } known || known.Day != day || now - known.At > 3_600_000))
        {
            try
            {
                store.Append(new DayLearned(day, now));
            }
            catch (IOException e)
            {
                host.Log.Error(DispenserEvent.StoreFailed, e.Message);
            }
        }
    }
}
