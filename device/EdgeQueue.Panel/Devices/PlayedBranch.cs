using System.Globalization;
using System.Net;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>The devices' side of every unit of a branch.</summary>
internal sealed class PlayedBranch(LoadedBranch branch, SimulatedDevices devices, EventStream events, string? hub)
{
    /// <summary>Of each dispenser and each loudspeaker, as many as the page shows.</summary>
    private const int KeptTickets = 12;
    private const int KeptSounds = 8;

    private readonly Dictionary<UnitAddress, FakeKeys> keys = [];
    private readonly Dictionary<UnitAddress, FakeKeys> pads = [];
    private readonly Dictionary<UnitAddress, FakeKeys> scanners = [];
    private readonly Dictionary<UnitAddress, PlayedDisplay> displays = [];
    private readonly Dictionary<UnitAddress, PlayedLamp> lamps = [];
    private readonly Dictionary<UnitAddress, ReceiptPrinterServer> printers = [];
    private readonly Dictionary<UnitAddress, List<SoundModel>> sounds = [];
    private readonly Dictionary<UnitAddress, List<string>> tickets = [];
    private readonly Lock gate = new();

    public Shelf Tickets { get; } = new(KeptTickets);

    public Shelf Sounds { get; } = new(KeptSounds);

    /// <summary>Makes the device files and plays them until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        var running = new List<Task>();
        foreach (var (address, unit) in branch.Units)
        {
            running.AddRange(unit switch
            {
                { Dispenser: { } dispenser } => Dispenser(address, dispenser, cancellation),
                { Display: { } display } => [Display(address, display).RunAsync(cancellation)],
                { Keypad: not null } => Keypad(address, cancellation),
                { Audio: { } audio } => [Speaker(address, audio.Channels).RunAsync(cancellation)],
                _ => [],
            });
        }

        return Task.WhenAll(running);
    }

    /// <summary>Presses a key; a sentence when it cannot.</summary>
    public string? Press(PressRequest press)
    {
        if (Address(press.Unit) is not { } address || !(press.Pad ? pads : keys).TryGetValue(address, out var device))
        {
            return $"There is no unit '{press.Unit}' with keys.";
        }

        if (!KeyNames.TryParse(press.Key, out var key))
        {
            return $"There is no key '{press.Key}'.";
        }

        device.Press(key);
        return null;
    }

    /// <summary>Holds a code under a scanner; a sentence when it cannot.</summary>
    public string? Scan(ScanRequest scan)
    {
        if (Address(scan.Unit) is not { } address || !scanners.TryGetValue(address, out var scanner))
        {
            return $"There is no scanner at '{scan.Unit}'.";
        }

        if (scan.Text.FirstOrDefault(c => KeyText.KeyFor(c) is null) is var other and not '\0')
        {
            return $"A scanner that plays a keyboard cannot type '{other}'.";
        }

        scanner.Type(scan.Text);
        return null;
    }

    /// <summary>Sets what a printer's sensors say; a sentence when it cannot.</summary>
    public string? SetPrinter(PrinterRequest request)
    {
        if (Address(request.Unit) is not { } address || !printers.TryGetValue(address, out var printer))
        {
            return $"There is no printer at '{request.Unit}'.";
        }

        var faults = PrinterFaults.None;
        foreach (var name in request.Faults)
        {
            if (!Enum.TryParse(name, out PrinterFaults fault))
            {
                return $"A printer has no sensor '{name}'.";
            }

            faults |= fault;
        }

        printer.Faults = faults;
        events.Send("printer", new PrinterEvent(request.Unit, request.Faults), PanelJson.Default.PrinterEvent);
        return null;
    }

    public PanelModel Model()
    {
        var units = branch.Units.Select(u => (Id: u.Address.ClientId, u.Address, u.Unit)).ToList();
        lock (gate)
        {
            return new PanelModel(
                branch.Configuration.Name,
                hub,
                [.. units.Where(u => u.Unit.Dispenser is not null).Select(u => new DispenserModel(
                    u.Id, [.. u.Unit.Dispenser!.Buttons.Select(Button)], Lit(u.Address), FaultsOf(u.Address),
                    [.. tickets.GetValueOrDefault(u.Address) ?? []])
                {
                    Screen = displays.GetValueOrDefault(u.Address)?.View,
                    Chip = u.Unit.Dispenser!.Screen?.Chip,
                    Pad = pads.ContainsKey(u.Address) ? NumberPadLayout.Keys : null,
                    Scanner = scanners.ContainsKey(u.Address),
                    Sounds = u.Unit.Dispenser!.Speech is null ? null : [.. sounds.GetValueOrDefault(u.Address) ?? []],
                })],
                [.. branch.Configuration.Counters.Select(Counter)],
                [.. units.Where(u => u.Unit.Audio is not null).Select(u => new ZoneModel(
                    u.Id, branch.Zone(u.Unit.Audio!.Zone)!.Name, [.. sounds.GetValueOrDefault(u.Address) ?? []]))]);
        }
    }

    private CounterModel Counter(CounterConfiguration counter)
    {
        var display = branch.Units.FirstOrDefault(u => u.Unit.Display?.Counter == counter.Id);
        var keypad = branch.Units.FirstOrDefault(u => u.Unit.Keypad?.Counter == counter.Id);
        return new CounterModel(
            counter.Id, counter.Number, display.Address?.ClientId, display.Unit?.Display?.Chip,
            display.Address is { } d ? displays.GetValueOrDefault(d)?.View : null,
            keypad.Address?.ClientId, keypad.Address is { } k && Lit(k), KeypadLayout.Keys, KeypadLayout.Hint, KeypadLayout.Orders);
    }

    private ButtonModel Button(ButtonConfiguration button)
    {
        var service = branch.Service(button.Service)!;
        return new ButtonModel(button.Key, service.Prefix, service.Name,
            button.Segment is { } segment ? branch.Segment(segment)!.Name : null, button.Language,
            button.Attributes ?? [], button.People, [.. (button.Steps ?? []).Select(s => branch.Service(s.Service)!.Name)], button.Ask ?? []);
    }

    private bool Lit(UnitAddress unit) => lamps.GetValueOrDefault(unit)?.Lit ?? false;

    private string[] FaultsOf(UnitAddress unit) => printers.GetValueOrDefault(unit)?.Faults is { } faults and not PrinterFaults.None
        ? [.. Enum.GetValues<PrinterFaults>().Where(f => f != PrinterFaults.None && faults.HasFlag(f)).Select(f => f.ToString())]
        : [];

    private IEnumerable<Task> Dispenser(UnitAddress unit, DispenserConfiguration dispenser, CancellationToken cancellation)
    {
        var printer = new ReceiptPrinterServer(
            new IPEndPoint(IPAddress.Loopback, devices.PrinterPort(unit)), dispenser.Printer.WidthDots, picture =>
            {
                var url = string.Create(CultureInfo.InvariantCulture, $"tickets/{Tickets.Put(unit, MonochromePng.Encode(picture))}.png");
                lock (gate)
                {
                    Remember(tickets, unit, url, KeptTickets);
                }

                events.Send("ticket", new TicketEvent(unit.ClientId, url), PanelJson.Default.TicketEvent);
            });
        printer.Start();
        printers[unit] = printer;
        return [printer.RunAsync(cancellation), .. Keypad(unit, cancellation), .. Desk(unit, dispenser).Select(device => device(cancellation))];
    }

    private IEnumerable<Func<CancellationToken, Task>> Desk(UnitAddress unit, DispenserConfiguration dispenser)
    {
        if (dispenser.CheckIn?.Keypad is not null)
        {
            pads[unit] = new FakeKeys(devices.NumberPad(unit));
        }

        if (dispenser.CheckIn?.Scanner is not null)
        {
            scanners[unit] = new FakeKeys(devices.Scanner(unit));
        }

        if (dispenser.Screen is { } screen)
        {
            displays[unit] = new PlayedScreen(devices.Bus(unit), new TextDisplayModel(screen.Chip, screen.Columns))
            {
                Changed = view => events.Send("display", new DisplayEvent(unit.ClientId, view), PanelJson.Default.DisplayEvent),
            };
            yield return displays[unit].RunAsync;
        }

        if (dispenser.Speech is not null)
        {
            yield return Speaker(unit, channels: 1).RunAsync;
        }
    }

    private IEnumerable<Task> Keypad(UnitAddress unit, CancellationToken cancellation)
    {
        keys[unit] = new FakeKeys(devices.Input(unit));
        var lamp = new PlayedLamp(devices.Lamp(unit), lit =>
            events.Send("lamp", new LampEvent(unit.ClientId, lit), PanelJson.Default.LampEvent));
        lamps[unit] = lamp;
        return [lamp.RunAsync(cancellation)];
    }

    private PlayedDisplay Display(UnitAddress unit, DisplayConfiguration display) =>
        displays[unit] = PlayedDisplay.Of(
            new DisplayModel(display.Chip, display.Size), devices.DisplayFile(unit, display), (byte)display.Address, view =>
                events.Send("display", new DisplayEvent(unit.ClientId, view), PanelJson.Default.DisplayEvent));

    private PlayedSpeaker Speaker(UnitAddress unit, int channels) => new(
        devices.Sound(unit), channels, (wav, seconds) =>
        {
            var at = TimeProvider.System.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            var url = string.Create(CultureInfo.InvariantCulture, $"sounds/{Sounds.Put(unit, wav)}.wav");
            lock (gate)
            {
                Remember(sounds, unit, new SoundModel(url, at, seconds), KeptSounds);
            }

            events.Send("sound", new SoundEvent(unit.ClientId, url, at, seconds), PanelJson.Default.SoundEvent);
        });

    private static void Remember<T>(Dictionary<UnitAddress, List<T>> kept, UnitAddress unit, T thing, int most)
    {
        if (!kept.TryGetValue(unit, out var list))
        {
            kept[unit] = list = [];
        }

        list.Add(thing);
        if (list.Count > most)
        {
            list.RemoveAt(0);
        }
    }

    private static UnitAddress? Address(string text) =>
        text.Split('/') is [var node, var unit] && Topics.IsName(node) && Topics.IsName(unit) ? new UnitAddress(node, unit) : null;
}
