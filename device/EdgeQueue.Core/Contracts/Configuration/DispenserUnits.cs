namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>Where people with a booking check in: by digits, or by what a scanner reads.</summary>
public sealed record CheckInDeskConfiguration
{
    public NumberPadConfiguration? Keypad { get; init; }

    public ScannerConfiguration? Scanner { get; init; }

    /// <summary>Fewest and most digits of a booking number, 1 … 20.</summary>
    public IReadOnlyList<int> BookingDigits { get; set; } = [4, 7];

    /// <summary>Fewest and most digits of a phone number as people type it, apart from those of a booking number.</summary>
    public IReadOnlyList<int> PhoneDigits { get; set; } = [8, 15];

    /// <summary>Typed digits are forgotten after so long without a key, seconds, 3 … 60.</summary>
    public int TimeOutSeconds { get; set; } = 10;
}

public sealed record NumberPadConfiguration
{
    /// <summary>evdev device, another than the buttons'.</summary>
    public required string Input { get; init; }

    /// <summary>Other meanings of keys: evdev key name → <c>enter</c>, <c>clear</c>, <c>back</c>, <c>language</c> or <c>none</c>.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; set; } = new Dictionary<string, string>();
}

public sealed record ScannerConfiguration
{
    /// <summary>evdev device of a scanner that plays a keyboard (United States layout, Enter after each code).</summary>
    public required string Input { get; init; }
}

/// <summary>A display of two lines for the person in front of the dispenser.</summary>
public sealed record ScreenConfiguration
{
    /// <summary><c>hd44780-a00</c> or <c>hd44780-a02</c> (<see cref="TextDisplayKind"/>).</summary>
    public required string Chip { get; init; }

    /// <summary>i2c device.</summary>
    public required string Path { get; init; }

    /// <summary>0x20 … 0x27 for a PCF8574, 0x38 … 0x3F for a PCF8574A.</summary>
    public int Address { get; set; } = 0x27;

    /// <summary>16 or 20.</summary>
    public int Columns { get; set; } = 16;

    /// <summary>For each language of the branch that this display cannot write: the one that is shown instead.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; set; } = new Dictionary<string, string>();
}

/// <summary>A small loudspeaker that speaks the dispenser's prompts.</summary>
public sealed record SpeechConfiguration
{
    /// <summary>ALSA device, e.g. <c>default</c>, <c>plughw:0,0</c>.</summary>
    public string Device { get; set; } = "default";

    /// <summary>Volume in percent, 0 … 100.</summary>
    public int Volume { get; set; } = 80;

    public int NightVolume { get; set; } = 60;

    /// <summary>From and to, local <c>HH:mm</c>; null: no night.</summary>
    public IReadOnlyList<string>? Night { get; init; }

    /// <summary>Folder of recorded words, <c>{language}/{word}.wav</c>; null: synthesis only.</summary>
    public string? Clips { get; init; }
}
