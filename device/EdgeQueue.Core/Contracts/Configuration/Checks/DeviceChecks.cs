using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Units and their devices: one role each, paths that are paths, and no device with two owners.</summary>
internal static class DeviceChecks
{
    private static readonly string[] Roles = ["dispenser", "display", "keypad", "audio", "console"];

    public static void Run(BranchUnderCheck branch)
    {
        foreach (var (_, unit) in branch.Units)
        {
            var given = Roles.Where(role => unit[role].Exists).ToArray();
            if (given.Length != 1)
            {
                branch.Fault(unit.Path, given.Length == 0
                    ? $"This unit has no role. Give it one of: {string.Join(", ", Roles)}."
                    : $"This unit has {given.Length} roles ({string.Join(", ", given)}). A unit has one; make a unit of each.");
            }

            Keys(branch, unit);
            Display(branch, unit["display"]);
            Printer(branch, unit["dispenser"]["printer"]);
            Paths(branch, unit);
            if (unit["audio"]["channel"].Number is { } channel && channel >= (unit["audio"]["channels"].Number ?? 1))
            {
                branch.Fault(unit["audio"]["channel"].Path, $"There is no channel {channel} among {unit["audio"]["channels"].Number ?? 1}; the first is 0. Raise 'channels', or use a lower one.");
            }
        }

        foreach (var node in branch.Root["nodes"].Items)
        {
            branch.Unique(
                node["units"].Items.SelectMany(Owned),
                (device, first) => $"{first} already has this device. Two units cannot own {device}: give each its own.");
        }
    }

    private static void Keys(BranchUnderCheck branch, ConfigurationElement unit)
    {
        var buttons = unit["dispenser"]["buttons"].Items.Select(b => b["key"]).ToArray();
        branch.Unique(
            buttons.Select(key => (key, key.Text)),
            (key, first) => $"{key} is already the key at {first}. One press gives one ticket: use another key.");
        foreach (var (path, name) in buttons.Select(key => (key.Path, key.Text)).Concat(unit["keypad"]["keys"].Properties.Concat(unit["dispenser"]["checkIn"]["keypad"]["keys"].Properties)
                .Select(p => (p.Value.Path, (string?)p.Name))))
        {
            if (name is not null && EvdevKeys.NumberOf(name) is null)
            {
                branch.Fault(path, $"There is no evdev key '{name}'. Press it under 'evtest' to see its name.{DidYouMean.Sentence(name, EvdevKeys.Names)}");
            }
        }
    }

    private static void Printer(BranchUnderCheck branch, ConfigurationElement printer)
    {
        if (printer["widthDots"].Number is { } width && width % 8 != 0)
        {
            branch.Fault(printer["widthDots"].Path, $"A printer's row has whole bytes of eight dots; {width} is no multiple of 8. Use the width of its data sheet: 384 (58 mm) or 576 (80 mm), mostly.");
        }

        var lines = printer["template"].Items.Where(line => line.Text is not null && !branch.IsTold(line)).ToArray();
        var faults = lines.Select(line => (line, TicketElement.Parse(line.Text!).Fault)).Where(l => l.Fault is not null).ToArray();
        foreach (var (line, fault) in faults)
        {
            branch.Fault(line.Path, fault!);
        }

        if (faults.Length == 0 && TicketTemplate.Parse([.. lines.Select(line => line.Text!)]).Faults is [var whole, ..])
        {
            branch.Fault(printer["template"].Path, whole);
        }
    }

    private static void Display(BranchUnderCheck branch, ConfigurationElement display)
    {
        var address = display["address"].Number ?? 0x70;
        if (IsI2c(display) && address is (< 0x70 or > 0x77))
        {
            branch.Fault(display["address"].Path, $"An HT16K33 answers at 112 … 119 (0x70 … 0x77), not at {address}.");
        }
    }

    private static void Paths(BranchUnderCheck branch, ConfigurationElement unit)
    {
        var dispenser = unit["dispenser"];
        ConfigurationElement[] plain =
        [
            dispenser["input"], dispenser["lamp"], dispenser["checkIn"]["keypad"]["input"], dispenser["checkIn"]["scanner"]["input"],
            dispenser["speech"]["clips"], unit["keypad"]["input"], unit["keypad"]["lamp"], unit["audio"]["clips"],
        ];
        foreach (var path in plain.Where(p => p.Text is not (null or ['/', _, ..])))
        {
            branch.Fault(path.Path, $"'{path.Text}' is not a path from the root. It begins with '/', e.g. /dev/input/by-path/….");
        }

        foreach (var lamp in (ConfigurationElement[])[dispenser["lamp"], unit["keypad"]["lamp"]])
        {
            if (lamp.Text is { } pin && IsGpioChip(pin) && !IsLine(pin))
            {
                branch.Fault(lamp.Path, $"'{pin}' is not a pin. Write the chip and its line, e.g. /dev/gpiochip0:17, or /dev/gpiochip0:17:low for a lamp that lights when the line is low.");
            }
        }

        foreach (var bus in (ConfigurationElement[])[unit["display"]["path"], dispenser["screen"]["path"]])
        {
            if (bus.Text is null or ['/', _, ..] || bus.Text.StartsWith("unix:/", StringComparison.Ordinal))
            {
                continue;
            }

            branch.Fault(bus.Path, $"'{bus.Text}' is not a path from the root. It begins with '/', e.g. /dev/i2c-1, or with unix:/ for a simulator.");
        }

        var printer = dispenser["printer"]["path"];
        if (printer.Text is not (null or ['/', _, ..]) && !IsTcp(printer.Text))
        {
            branch.Fault(printer.Path, $"'{printer.Text}' is not a printer: use a path such as /dev/usb/lp0, or tcp://host:9100.");
        }
    }

    private static bool IsGpioChip(string path) => path.StartsWith("/dev/gpiochip", StringComparison.Ordinal);

    private static bool IsLine(string pin) => pin.Split(':') is [_, var line, .. var rest] && rest is ([] or ["low"])
        && uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsI2c(ConfigurationElement display) =>
        display["chip"].Text is { } chip && chip.StartsWith("ht16k33", StringComparison.Ordinal);

    private static bool IsTcp(string path) =>
        Uri.TryCreate(path, UriKind.Absolute, out var uri) && uri is { Scheme: "tcp", Host.Length: > 0, Port: > 0, AbsolutePath: "" or "/" };

    private static IEnumerable<(ConfigurationElement, string?)> Owned(ConfigurationElement unit)
    {
        var dispenser = unit["dispenser"];
        var checkIn = dispenser["checkIn"];
        ConfigurationElement[] alone = [dispenser["input"], dispenser["printer"]["path"], dispenser["lamp"], checkIn["keypad"]["input"], checkIn["scanner"]["input"]];
        foreach (var device in alone)
        {
            yield return (device, device.Text);
        }

        var screen = dispenser["screen"];
        yield return (screen["path"], screen["path"].Text is { } bus ? $"{bus} address {Address(screen, new ScreenConfiguration { Chip = "", Path = "" }.Address)}" : null);
        yield return (dispenser["speech"]["device"], dispenser["speech"].Exists ? $"the sound device {dispenser["speech"]["device"].Text ?? "default"}" : null);
        yield return (unit["keypad"]["input"], unit["keypad"]["input"].Text);
        yield return (unit["keypad"]["lamp"], unit["keypad"]["lamp"].Text);

        // I²C is shared by address. A tty is not: two processes would talk over one another.
        var display = unit["display"];
        var shared = IsI2c(display);
        yield return (display["path"], display["path"].Text is { } path ? shared ? $"{path} address {Address(display, 0x70)}" : path : null);

        var audio = unit["audio"];
        var channel = audio["channel"].Number is { } number ? $" channel {number.ToString(CultureInfo.InvariantCulture)}" : "";
        yield return (audio["device"], audio.Exists ? $"the sound device {audio["device"].Text ?? "default"}{channel}" : null);
    }

    private static string Address(ConfigurationElement chip, int usual) =>
        (chip["address"].Number ?? usual).ToString(CultureInfo.InvariantCulture);
}
