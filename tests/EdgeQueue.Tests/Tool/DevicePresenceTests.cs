using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Doctor;

namespace EdgeQueue.Tests.Tool;

public sealed class DevicePresenceTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("edgequeue-devices-");

    [Fact]
    public void A_device_that_is_not_there_is_broken_without_being_tried()
    {
        UnitConfiguration keypad = new() { Unit = "keypad", Keypad = new() { Counter = "c1", Input = "/dev/input/by-path/desk", Lamp = "/dev/gpiochip0:17" } };
        UnitConfiguration display = new() { Unit = "display", Display = new() { Counter = "c1", Chip = "max7219-matrix", Path = "/dev/spidev7.7" } };
        UnitConfiguration audio = new() { Unit = "voice", Audio = new() { Zone = "hall", Device = "plughw:CARD=Headphones,DEV=0" } };

        Assert.Equal([("keys", Health.Broken), ("lamp", Health.Broken)], Look(keypad));
        Assert.Equal([("display", Health.Broken)], Look(display));
        Assert.Equal([("sound", Health.Broken)], Look(audio));

        Make("dev/input/by-path/desk");
        Make("dev/gpiochip0");
        Make("dev/spidev7.7");
        Make("proc/asound/Headphones/id");
        Assert.Equal([("keys", Health.Well), ("lamp", Health.Well)], Look(keypad));
        Assert.Equal([("display", Health.Well)], Look(display));
        Assert.Equal([("sound", Health.Well)], Look(audio));
    }

    [Theory]
    [InlineData("default", Health.Well)]
    [InlineData("hw:1,0", Health.Broken)]
    [InlineData("hw:0", Health.Well)]
    [InlineData("plughw:CARD=../../etc", Health.Well)]
    public void A_card_is_looked_for_by_its_number_too(string device, Health health)
    {
        Make("proc/asound/card0/id");
        Assert.Equal([("sound", health)], Look(new UnitConfiguration { Unit = "voice", Audio = new() { Zone = "hall", Device = device } }));
    }

    [Fact]
    public void A_printer_that_is_no_file_is_not_looked_for()
    {
        var presence = new DevicePresence(new UnitConfiguration { Unit = "tickets" }, root.FullName + "/");

        Assert.Contains("'ls -l /dev/usb'", presence.Missing("printer", "/dev/usb/lp0")!.Advice, StringComparison.Ordinal);
        Assert.Null(presence.Missing("printer", "tcp://192.0.2.1:9100"));
        Make("dev/usb/lp0");
        Assert.Null(presence.Missing("printer", "/dev/usb/lp0"));
    }

    public void Dispose() => root.Delete(recursive: true);

    private IEnumerable<(string, Health)> Look(UnitConfiguration unit) => new DevicePresence(unit, root.FullName + "/").Look().Select(f => (f.What, f.Health));

    private void Make(string path)
    {
        string full = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "");
    }
}
