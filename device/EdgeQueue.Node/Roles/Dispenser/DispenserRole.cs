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
public sealed class DispenserRole : ITestableRole
{
    private static readonly TimeSpan Upkeep = TimeSpan.FromSeconds(15);

    private readonly NodeHost host;
    private readonly RoleLoop loop;
    private readonly Menu menu;
    private DispenserParts? parts;
    private TicketPrinter? tickets;

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
        var printer = tickets = Printer(configuration.Printer);
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

    /// <summary>A ticket that says that it is none, drawn and printed as all are, and between them.</summary>
    public async Task<Finding> TryAsync(DoctorAsk ask, CancellationToken cancellation)
    {
        const string what = "test ticket";
        const string advice = "Paper, cover, cable: in this order.";
        var path = host.Unit.Dispenser!.Printer.Path;
        if (tickets is not { } printer)
        {
            return new Finding(what, Health.Soon, "the dispenser is still starting", "Try again.");
        }

        var language = menu.Current?.Languages.FirstOrDefault() ?? "en";
        var test = new TicketContent(language, menu.Current?.BranchName.GetValueOrDefault(language) ?? host.File.Branch, host.Address.ToString(), "TEST", "");
        if (await printer.DrawAsync(test) is not { } job)
        {
            return new Finding(what, Health.Broken, "it could not be drawn; the log says why", "Are the fonts installed beside the program?");
        }

        var outcome = await printer.PrintAsync(job);
        return outcome.Result switch
        {
            PrintResult.Printed => Finding.Well(what, $"{path}: printed"),
            PrintResult.Sent => Finding.Well(what, $"{path}: sent; this printer does not tell what became of it: look whether it is there"),
            _ => new Finding(what, Health.Broken, outcome.Reason ?? $"{path}: {outcome.Result}", advice),
        };
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
