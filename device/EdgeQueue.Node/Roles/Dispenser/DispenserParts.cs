using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Desk;
using EdgeQueue.Node.Roles.Dispenser.Screen;
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
    private readonly DeskScreen screen;
    private readonly CheckInDesk? checkIn;
    private readonly QuestionDesk? questions;

    public DispenserParts(
        NodeHost host, RoleLoop loop, DispenserStore store, Menu menu, TicketPrinter printer, ILamp? light, DeskScreen screen)
    {
        (this.host, this.store, this.menu, this.printer, this.screen) = (host, store, menu, printer, screen);
        hub = new HubLine(host, loop);
        clock = new TicketClock(host.Clock);
        lamp = new DispenserLamp(light, loop, host.Status);
        Leases = new LeaseKeeper(host.Address, store, hub, host.Status, host.Log);
        catchUp = new CatchUp(store, hub, clock, host.Status, host.Log);
        prints = new PrintQueue(store, printer, clock, new TicketComposer(host.File.Branch, menu), loop, host.Status, host.Log);
        desk = new TicketDesk(store, hub, Leases, menu, printer, clock, loop, host.Status, host.Log);
        desk.Changed += Changed;
        desk.Noticed += Noticed;
        prints.Noticed += Noticed;
        prints.Ended += catchUp.Consider;
        if (host.Unit.Dispenser!.CheckIn is { } configuration)
        {
            var key = Path.Combine(Path.GetDirectoryName(host.File.Broker.Certificate) ?? "", Core.Contracts.PhoneHash.KeyFileName);
            var phones = new PhoneKey(key, host.Status);
            questions = new QuestionDesk(configuration, menu, phones, () => menu.Current?.CheckIn, desk, screen, loop, host.Time);
            checkIn = new CheckInDesk(configuration, phones, () => menu.Current?.CheckIn, desk, screen, loop, host.Time, questions);
        }
    }

    public LeaseKeeper Leases { get; }

    public void Recover()
    {
        Leases.Offer(menu.Services);
        desk.Recover();
        prints.Recover();
        catchUp.Consider();
        ShowState();
    }

    public void Press(int button)
    {
        lamp.SignSeen();
        checkIn?.Forget();
        if (questions?.Begin(button) is not true)
        {
            desk.Press(button);
        }
    }

    public void PadKey(KeyChanged change)
    {
        if (checkIn?.Key(change) is true)
        {
            lamp.SignSeen();
        }
    }

    public void ScannerKey(KeyChanged change) => checkIn?.ScannerKey(change);

    public void ScannerGone() => checkIn?.ScannerGone();

    public void MenuChanged(DispenserMessage message)
    {
        Leases.Offer(menu.Services);
        checkIn?.Offered();
        foreach (var copy in message.Copies ?? [])
        {
            desk.Order(copy);
        }

        ShowState();
    }

    public void LinkChanged()
    {
        if (hub.Present)
        {
            LearnDay();
            Leases.Consider();
            catchUp.Consider();
        }

        ShowState();
    }

    /// <summary>Now and then: what was refused, or could not be written, is tried again.</summary>
    public void Upkeep()
    {
        LearnDay();
        Leases.TryAgain();
        prints.Consider();
        catchUp.Consider();
        ShowState();
    }

    /// <summary>How the dispenser is while nobody presses anything, by lamp and on the screen.</summary>
    public void ShowState()
    {
        var numbers = hub.MayAnswer || menu.Services.Any(s => Leases.Next(s) is not null);
        lamp.Show(printer.Status.CannotPrint || !numbers ? LampState.NoTickets
            : hub.Present ? LampState.Ready
            : LampState.OnOwnNumbers);
        screen.Rests(
            hub.Present && menu.Current?.Evacuating is true ? DeskPrompt.Evacuation
            : printer.Status.Has(PrinterFaults.PaperOut) ? DeskPrompt.NoPaper
            : printer.Status.CannotPrint || !numbers ? DeskPrompt.NoTickets
            : hub.Present && menu.Current is { Open: false } ? DeskPrompt.Closed
            : hub.Present && checkIn is not null && menu.Current?.CheckIn is not null ? DeskPrompt.Welcome
            : DeskPrompt.PressButton);
    }

    private void Noticed(DeskNotice notice)
    {
        screen.Told(notice);
        if (notice is DeskNotice.Refused)
        {
            lamp.SignRefused();
        }
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
