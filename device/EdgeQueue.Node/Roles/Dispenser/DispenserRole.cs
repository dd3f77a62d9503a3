using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Node.Drawing;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Roles.Dispenser.Screen;
using EdgeQueue.Node.Roles.Dispenser.Store;

namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>Buttons in, tickets out. Puts the parts together and passes on what happens; the parts decide.</summary>
public sealed class DispenserRole : IRole
{
    private static readonly TimeSpan Upkeep = TimeSpan.FromSeconds(15);

    private readonly NodeHost host;
    private readonly RoleLoop loop;
    private readonly Menu menu;
    private DispenserParts? parts;

    public DispenserRole(NodeHost host)
    {
        this.host = host;
        loop = new RoleLoop(host.Time);
        menu = new Menu(Path.Combine(host.File.State, $"dispenser-{host.Address.Unit}.menu.json"), host.Unit.Dispenser!);
        host.AliveWhile(loop.IsAlive);
        host.View<DispenserMessage>(
            host.Topics.Dispenser(host.Address), m => new JournalPosition(m.Journal, m.Seq), m => loop.Post(() => Take(m)));
        host.Connected += () => loop.Post(() => parts?.Leases.HubIsBack());
        host.Hub.Changed += _ => loop.Post(LinkChanged);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var configuration = host.Unit.Dispenser!;
        using var store = Open();
        var printer = Printer(configuration.Printer);
        using var lamp = configuration.Lamp is { } path ? Lamps.Open(path) : null;
        menu.Load();
        if (store.State.Seen is { } seen)
        {
            host.Seen.Noticed(seen.Journal, seen.Seq);
        }

        using var face = new DeskFace(host, loop, menu);
        parts = new DispenserParts(host, loop, store, menu, printer, lamp, face.Screen);
        var presses = new ButtonPresses(configuration.Buttons, host.Time);
        presses.UnknownKeys.ToList().ForEach(sentence => host.Log.Warn(DispenserEvent.UnknownKey, sentence));

        using var upkeep = loop.Every(Upkeep, parts.Upkeep);
        printer.Changed += () => loop.Post(parts.ShowState);
        loop.Post(parts.Recover);
        await Together.RunAsync(
            [.. Inputs(configuration, presses, parts).Select(input => (Func<CancellationToken, Task>)input.RunAsync), face.RunAsync, printer.RunAsync, loop.RunAsync],
            cancellation);
    }

    private IEnumerable<KeyInput> Inputs(DispenserConfiguration configuration, ButtonPresses presses, DispenserParts told)
    {
        yield return new KeyInput(configuration.Input, "inputMissing", "buttons", host, loop, change => Take(presses.Take(change)));
        if (configuration.CheckIn?.Keypad is { } pad)
        {
            yield return new KeyInput(pad.Input, "numberPadMissing", "number pad", host, loop, told.PadKey);
        }

        if (configuration.CheckIn?.Scanner is { } scanner)
        {
            yield return new KeyInput(scanner.Input, "scannerMissing", "scanner", host, loop, told.ScannerKey, told.ScannerGone);
        }
    }

    private DispenserStore Open()
    {
        var store = DispenserStore.Open(Path.Combine(host.File.State, $"dispenser-{host.Address.Unit}.log"));
        host.Log.Info(DispenserEvent.StoreOpened, $"store {store.State.Store}: {store.State.Tickets.Count} tickets to bring to their end");
        host.Status.Fault("storeDamaged", store.Damaged == 0 ? null
            : $"{store.Damaged} records of the dispenser's own memory were damaged; a copy is kept beside it. Its leased numbers are not used any more, and tickets that it gave while the hub was away may be missing in the queue. Replace the card.");
        return store;
    }

    private TicketPrinter Printer(PrinterConfiguration configuration)
    {
        var (template, faults) = TicketTemplate.Parse(configuration.Template);
        if (template is null)
        {
            throw new InvalidDataException($"$.unit.dispenser.printer.template: {string.Join(" ", faults)}");
        }

        var picture = new TicketPicture(template, configuration.WidthDots);
        var transport = PrinterTransports.Of(configuration.Path, new SerialSettings { Baud = configuration.Baud });
        return new TicketPrinter(new EscPosPrinter(transport), configuration.Path, Draw, host.Status, host.Time, host.Log);

        byte[] Draw(TicketContent content)
        {
            var drawn = picture.Draw(content);
            foreach (var fault in drawn.Faults)
            {
                host.Log.WarnOncePerMinute(DispenserEvent.CannotDraw, fault, $"ticket {content.Label}: {fault}");
            }

            return new EscPos().Initialise().Raster(drawn.Picture).Feed(24).Cut().ToArray();
        }
    }

    private void Take(ButtonPress press)
    {
        switch (press.Kind)
        {
            case PressKind.Customer:
                parts!.Press(press.Button);
                break;
            case PressKind.Double:
                host.Status.Count("doublePresses");
                break;
            case PressKind.TooOld:
                host.Status.Count("stalePresses");
                break;
        }
    }

    private void Take(DispenserMessage? message)
    {
        if (message is null || parts is null)
        {
            return;
        }

        try
        {
            menu.Take(message);
        }
        catch (IOException e)
        {
            host.Log.Error(DispenserEvent.StoreFailed, $"the menu cannot be kept: {e.Message}");
        }

        parts.MenuChanged(message);
    }

    private void LinkChanged() => parts?.LinkChanged();
}
