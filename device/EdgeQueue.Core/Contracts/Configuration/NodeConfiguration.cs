using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>A device of the branch and the role instances (units) on it.</summary>
public sealed record NodeConfiguration
{
    public required string Name { get; init; }

    public required IReadOnlyList<UnitConfiguration> Units { get; init; }
}

/// <summary>
/// One role instance. Exactly one of the five sections is given and names the role. A device is a path (DESIGN §8):
/// a kernel device, or a file, FIFO, pty or socket that something else plays.
/// </summary>
public sealed record UnitConfiguration
{
    public required string Unit { get; init; }

    public DispenserConfiguration? Dispenser { get; init; }

    public DisplayConfiguration? Display { get; init; }

    public KeypadConfiguration? Keypad { get; init; }

    public AudioConfiguration? Audio { get; init; }

    public ConsoleConfiguration? Console { get; init; }

    /// <summary>dispenser, display, keypad, audio or console.</summary>
    [JsonIgnore]
    public string Role =>
        Dispenser is not null ? "dispenser" : Display is not null ? "display" : Keypad is not null ? "keypad"
        : Console is not null ? "console" : "audio";
}

public sealed record DispenserConfiguration
{
    /// <summary>evdev device of the buttons.</summary>
    public required string Input { get; init; }

    public required IReadOnlyList<ButtonConfiguration> Buttons { get; init; }

    public required PrinterConfiguration Printer { get; init; }

    /// <summary>LED class folder or a plain file for brightness; null: none.</summary>
    public string? Lamp { get; init; }

    /// <summary>Null: no booking is checked in here.</summary>
    public CheckInDeskConfiguration? CheckIn { get; init; }

    /// <summary>Null: none.</summary>
    public ScreenConfiguration? Screen { get; init; }

    /// <summary>Null: prompts are not spoken.</summary>
    public SpeechConfiguration? Speech { get; init; }
}

/// <param name="Key">evdev key name, e.g. <c>KEY_1</c>.</param>
/// <param name="Language">Ticket language; null: the branch's first.</param>
/// <param name="Wants">What the operator must have, of the branch's operatorAttributes; null: nothing.</param>
/// <param name="Operator">The person that customers of this button want; null: anybody.</param>
/// <param name="Attributes">What customers of this button are, for the segment rules; null: nothing.</param>
/// <param name="People">How many come with one ticket, 2 … 99; null: one.</param>
/// <param name="Steps">Further services of the visit; null: none.</param>
/// <param name="BestOrder">The visit goes where the wait is shortest, not as given.</param>
/// <param name="Ask">What is asked before the ticket, in order: <c>people</c>, <c>person</c>, <c>case</c>; null: nothing.</param>
public sealed record ButtonConfiguration(
    string Key, string Service, string? Segment = null, string? Language = null, IReadOnlyList<string>? Wants = null,
    string? Operator = null, IReadOnlyList<string>? Attributes = null, int? People = null, IReadOnlyList<StepConfiguration>? Steps = null,
    bool BestOrder = false, IReadOnlyList<string>? Ask = null);

/// <param name="Operator">Who is to serve it; null: anybody.</param>
public sealed record StepConfiguration(string Service, string? Operator = null);

public sealed record PrinterConfiguration
{
    /// <summary><c>/dev/usb/lp0</c>, a tty, or <c>tcp://host:9100</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Dots of the paper's width, 256 to 832, a multiple of 8: 384 (58 mm) or 576 (80 mm).</summary>
    public int WidthDots { get; set; } = 576;

    /// <summary>Only for a tty.</summary>
    public int Baud { get; set; } = 115200;

    /// <summary>Lines of the ticket, top to bottom, each as <see cref="TicketElement.Parse"/> reads it; empty: the standard ticket.</summary>
    public IReadOnlyList<string> Template { get; set; } = [];
}

public sealed record DisplayConfiguration
{
    public required string Counter { get; init; }

    /// <summary><c>ht16k33-7</c>, <c>ht16k33-14</c>, <c>max7219-7</c>, <c>max7219-matrix</c> or <c>rs485-board</c> (<see cref="DisplayKind"/>).</summary>
    public required string Chip { get; init; }

    /// <summary>i2c, spi or tty device.</summary>
    public required string Path { get; init; }

    /// <summary>i2c address 0x70 … 0x77 (112 … 119), or the address of the RS-485 board.</summary>
    public int Address { get; set; } = 0x70;

    /// <summary>Modules of a MAX7219 chain, or characters of a board; an HT16K33 has four whatever is said here.</summary>
    public int Size { get; set; } = 4;

    /// <summary>Only for a tty.</summary>
    public int Baud { get; set; } = 19200;

    /// <summary>Seconds that a new call blinks, 0 … 60.</summary>
    public int BlinkSeconds { get; set; } = 5;

    /// <summary>0 … 15.</summary>
    public int Brightness { get; set; } = 12;

    /// <summary>Brightness at night, 0 … 15, between the local times of <see cref="Night"/>.</summary>
    public int NightBrightness { get; set; } = 3;

    /// <summary>From and to, local <c>HH:mm</c>; null: no night.</summary>
    public IReadOnlyList<string>? Night { get; init; }

    /// <summary><c>left</c>, <c>right</c>, <c>up</c>, <c>down</c>; null: no arrow.</summary>
    public string? Arrow { get; init; }

    /// <summary>Shown when the counter is closed; what the display can show of it.</summary>
    public string ClosedText { get; set; } = "----";

    /// <summary>Shown when the counter is paused; null: as when it is closed.</summary>
    public string? PausedText { get; init; }

    /// <summary>Shown when the counter is open and nobody is called; empty: dark.</summary>
    public string IdleText { get; set; } = "";
}

public sealed record KeypadConfiguration
{
    public required string Counter { get; init; }

    /// <summary>evdev device.</summary>
    public required string Input { get; init; }

    /// <summary>LED class folder, GPIO line or a plain file for brightness.</summary>
    public string? Lamp { get; init; }

    /// <summary>Other meanings of keys: evdev key name → function, over the standard table in the role's README.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; set; } = new Dictionary<string, string>();

    /// <summary>What the digits before the transfer key mean: 1 is the first of these. Empty: this keypad cannot transfer.</summary>
    public IReadOnlyList<TransferTarget> TransferTargets { get; set; } = [];

    /// <summary>What the digits before a key with the function <c>callFrom</c> mean: 1 is the first of these services.</summary>
    public IReadOnlyList<string> CallQueues { get; set; } = [];

    /// <summary>What the hub is told as the reason when the pause key is pressed.</summary>
    public string PauseReason { get; set; } = "break";

    /// <summary>What the digits before the pause key mean: 1 is the first of these reasons.</summary>
    public IReadOnlyList<string> PauseReasons { get; set; } = [];

    /// <summary>What the digits before a key with the function <c>setPriority</c> mean: 1 is the first of these.</summary>
    public IReadOnlyList<PriorityChoice> Priorities { get; set; } = [];
}

/// <param name="Priority">1 … 99; 99 is the most important.</param>
/// <param name="Reason">What the journal says; null: nothing.</param>
public sealed record PriorityChoice(int Priority, string? Reason = null);

/// <summary>Where a transfer goes: exactly one of a service, a counter, an operator.</summary>
/// <param name="Return">The visit comes back to this operator afterwards.</param>
public sealed record TransferTarget(
    string? Service = null, string? Counter = null, string? Operator = null, bool Return = false);

public sealed record AudioConfiguration
{
    public required string Zone { get; init; }

    /// <summary>ALSA device, e.g. <c>default</c>, <c>plughw:0,0</c>.</summary>
    public string Device { get; set; } = "default";

    /// <summary>Channels of the device, and which of them (from 0) this unit speaks on; null: all.</summary>
    public int Channels { get; set; } = 1;

    public int? Channel { get; init; }

    /// <summary>Volume in percent, 0 … 100.</summary>
    public int Volume { get; set; } = 80;

    public int NightVolume { get; set; } = 40;

    /// <summary>From and to, local <c>HH:mm</c>; null: no night.</summary>
    public IReadOnlyList<string>? Night { get; init; }

    /// <summary>Folder of recorded words, <c>{language}/{word}.wav</c>; null: synthesis only.</summary>
    public string? Clips { get; init; }
}

/// <summary>
/// An operator's computer, whose screen locker tells when it locks (<c>edgequeue console</c>). No process of it runs all day, so
/// nobody misses it.
/// </summary>
public sealed record ConsoleConfiguration
{
    public required string Counter { get; init; }
}

/// <summary>The file that <c>edgequeue-node</c> is started with: one unit and how it reaches its hub.</summary>
public sealed record NodeFile
{
    public required int V { get; init; }

    public required string Branch { get; init; }

    public required string Node { get; init; }

    public required BrokerConfiguration Broker { get; init; }

    /// <summary>Folder of the node's own durable files.</summary>
    public required string State { get; init; }

    public required UnitConfiguration Unit { get; init; }
}

/// <summary>Where the broker is; paths of PEM files.</summary>
public sealed record BrokerConfiguration(string Host, int Port, string Authority, string Certificate, string Key);
