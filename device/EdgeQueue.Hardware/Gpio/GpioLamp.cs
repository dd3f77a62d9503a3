using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Leds;

namespace EdgeQueue.Hardware.Gpio;

/// <summary>A lamp or buzzer at a header pin. Off when it is opened; the kernel may leave the pin as it was when it is closed.</summary>
public sealed class GpioLamp(string chip, uint offset, bool activeLow) : ILamp
{
    private FileDescriptor? line;

    /// <inheritdoc/>
    public void Light(bool on)
    {
        var open = line ??= GpioLine.Request(chip, GpioLine.Output(offset, activeLow));
        var values = new GpioAbi.LineValues { Bits = on ? 1UL : 0UL, Lines = 1 };
        if (open.Control(GpioAbi.SetValues, ref values) is var answer && answer < 0)
        {
            open.Dispose();
            line = null;
            throw new DeviceException($"{chip}:{offset}", "cannot set the line", -answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => line?.Dispose();
}
