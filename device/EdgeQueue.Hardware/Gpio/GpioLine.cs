using System.Text;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Gpio;

/// <summary>One requested line of a GPIO chip (GPIO_V2_GET_LINE_IOCTL). The line is free again when this is disposed.</summary>
internal static class GpioLine
{
    public static FileDescriptor Request(string chip, in GpioAbi.LineRequest request)
    {
        using var file = FileDescriptor.Open(chip, Files.ReadWrite);
        var asked = request;
        var answer = file.Control(GpioAbi.GetLine, ref asked);
        return answer >= 0
            ? new FileDescriptor(asked.File)
            : throw new DeviceException(chip, $"cannot take line {request.Offsets[0]}", -answer);
    }

    public static GpioAbi.LineRequest Input(uint offset, GpioInputSettings settings)
    {
        var request = Of(offset);
        request.Config.Flags = GpioAbi.Input | GpioAbi.EdgeRising | GpioAbi.EdgeFalling
            | (settings.ActiveLow ? GpioAbi.ActiveLow : 0)
            | settings.Bias switch
            {
                GpioBias.PullUp => GpioAbi.BiasPullUp,
                GpioBias.PullDown => GpioAbi.BiasPullDown,
                GpioBias.Disabled => GpioAbi.BiasDisabled,
                _ => 0UL,
            };
        if (settings.Debounce > TimeSpan.Zero)
        {
            request.Config.AttributeCount = 1;
            request.Config.Attributes[0] = new GpioAbi.LineAttribute
            {
                Id = GpioAbi.AttributeDebounce,
                Value = (uint)settings.Debounce.TotalMicroseconds,
                Lines = 1,
            };
        }

        return request;
    }

    /// <summary>An output that is off from the first moment.</summary>
    public static GpioAbi.LineRequest Output(uint offset, bool activeLow)
    {
        var request = Of(offset);
        request.Config.Flags = GpioAbi.Output | (activeLow ? GpioAbi.ActiveLow : 0);
        request.Config.AttributeCount = 1;
        request.Config.Attributes[0] = new GpioAbi.LineAttribute { Id = GpioAbi.AttributeOutputValues, Value = 0, Lines = 1 };
        return request;
    }

    private static GpioAbi.LineRequest Of(uint offset)
    {
        var request = new GpioAbi.LineRequest { LineCount = 1, EventBufferSize = 64 };
        request.Offsets[0] = offset;
        Encoding.ASCII.GetBytes("edgequeue", request.Consumer);
        return request;
    }
}
