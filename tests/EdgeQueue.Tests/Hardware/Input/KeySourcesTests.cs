using EdgeQueue.Hardware.Gpio;
using EdgeQueue.Hardware.Input;

namespace EdgeQueue.Tests.Hardware.Input;

public sealed class KeySourcesTests
{
    [Theory]
    [InlineData("/dev/gpiochip0:17")]
    [InlineData("/dev/gpiochip0:17:KEY_1")]
    public void A_chip_with_a_line_is_a_pin(string path) =>
        Assert.IsType<GpioButton>(KeySources.Open(path, TimeProvider.System));

    [Theory]
    [InlineData("/dev/input/event0")]
    [InlineData("/dev/input/by-path/pci-0000:00:14.0-usb-0:2:1.0-event-kbd")]
    [InlineData("/dev/gpiochip0:17:KEY_NOSUCH")]
    public void Everything_else_is_an_event_device(string path) =>
        Assert.IsType<EvdevReader>(KeySources.Open(path, TimeProvider.System));
}
