using System.Text.Json.Serialization;

namespace EdgeQueue.Panel.Page;

/// <summary>All that the page shows when it opens; what changes afterwards comes as single events.</summary>
internal sealed record PanelModel(
    IReadOnlyDictionary<string, string> Name, string? Hub, IReadOnlyList<DispenserModel> Dispensers,
    IReadOnlyList<CounterModel> Counters, IReadOnlyList<ZoneModel> Zones);

internal sealed record DispenserModel(
    string Unit, IReadOnlyList<ButtonModel> Buttons, bool Lamp, IReadOnlyList<string> Faults, IReadOnlyList<string> Tickets)
{
    /// <summary>Null: it has none, or nothing was written on it yet.</summary>
    public DisplayView? Screen { get; init; }

    public string? Chip { get; init; }

    /// <summary>Null: it has no number pad.</summary>
    public IReadOnlyList<KeyModel>? Pad { get; init; }

    public bool Scanner { get; init; }

    /// <summary>Null: it does not speak.</summary>
    public IReadOnlyList<SoundModel>? Sounds { get; init; }
}

/// <param name="Steps">Names of the services after the button's own.</param>
/// <param name="Asks">What is asked on the number pad first: people, person, case.</param>
internal sealed record ButtonModel(
    string Key, string Prefix, IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string>? Segment, string? Language,
    IReadOnlyList<string> Attributes, int? People, IReadOnlyList<IReadOnlyDictionary<string, string>> Steps, IReadOnlyList<string> Asks);

internal sealed record CounterModel(
    string Id, string Number, string? Display, string? Chip, DisplayView? View, string? Keypad, bool Lamp,
    IReadOnlyList<KeyModel> Keys, string? Hint, IReadOnlyList<OrderModel> Orders);

/// <param name="Keys">As one presses them.</param>
internal sealed record OrderModel(string Keys, string Does);

/// <summary>One key cap, and where it sits on the pad; rows and columns count from 1.</summary>
internal sealed record KeyModel(
    string Code, string Cap, string? Does, int Row, int Column, int Width = 1, int Height = 1, bool Main = false);

internal sealed record ZoneModel(string Unit, IReadOnlyDictionary<string, string> Names, IReadOnlyList<SoundModel> Sounds);

/// <param name="At">Local time of the browser's host, for the list only.</param>
internal sealed record SoundModel(string Url, string At, double Seconds);

/// <summary>What is lit. <c>segments7</c>/<c>segments14</c>: a bit mask per digit; <c>matrix</c>: a row of <c>#</c> and <c>.</c> per line of dots;
/// <c>characters</c>: the same, of cells of 5×8 dots, width and height in cells.</summary>
internal sealed record DisplayView(
    string Kind, bool On, int Brightness, string? Text, IReadOnlyList<int> Cells, int Width = 0, int Height = 0,
    IReadOnlyList<string>? Rows = null);

internal sealed record DisplayEvent(string Unit, DisplayView View);

internal sealed record LampEvent(string Unit, bool Lit);

internal sealed record PrinterEvent(string Unit, IReadOnlyList<string> Faults);

internal sealed record TicketEvent(string Unit, string Url);

internal sealed record SoundEvent(string Unit, string Url, string At, double Seconds);

/// <param name="Pad">On the dispenser's number pad, not its buttons.</param>
internal sealed record PressRequest(string Unit, string Key, bool Pad = false);

internal sealed record ScanRequest(string Unit, string Text);

internal sealed record PrinterRequest(string Unit, IReadOnlyList<string> Faults);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PanelModel))]
[JsonSerializable(typeof(DisplayEvent))]
[JsonSerializable(typeof(LampEvent))]
[JsonSerializable(typeof(PrinterEvent))]
[JsonSerializable(typeof(TicketEvent))]
[JsonSerializable(typeof(SoundEvent))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(PrinterRequest))]
internal sealed partial class PanelJson : JsonSerializerContext;
