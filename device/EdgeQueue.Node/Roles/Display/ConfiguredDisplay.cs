using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>The driver for a display as the configuration names it.</summary>
public static class ConfiguredDisplay
{
    /// <summary>Nothing is opened before the first flush.</summary>
    /// <exception cref="ArgumentException">There is no driver for the chip.</exception>
    public static ILedDisplay Open(DisplayConfiguration display) =>
        new DisplayModel(Chip(display.Chip, display.Segments), display.Size).Open(display.Path, (byte)display.Address, display.Baud);

    /// <summary>The configuration's chips, and the exact models of the driver list for whoever has another board.</summary>
    private static string Chip(string configured, int segments) => configured switch
    {
        "ht16k33" => segments == 14 ? DisplayModel.Ht16k33Fourteen : DisplayModel.Ht16k33Seven,
        "max7219" => DisplayModel.Max7219MatrixChip,
        "rs485" => DisplayModel.Rs485,
        _ => configured,
    };
}
