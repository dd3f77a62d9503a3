using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Node.Roles.Display;

/// <summary>The driver for a display as the configuration names it.</summary>
public static class ConfiguredDisplay
{
    /// <summary>Nothing is opened before the first flush.</summary>
    /// <exception cref="ArgumentException">There is no driver for the chip.</exception>
    public static ILedDisplay Open(DisplayConfiguration display) =>
        new DisplayModel(display.Chip, display.Size).Open(display.Path, (byte)display.Address, display.Baud);
}
