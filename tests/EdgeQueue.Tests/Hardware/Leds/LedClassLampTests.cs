using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Leds;

namespace EdgeQueue.Tests.Hardware.Leds;

public sealed class LedClassLampTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_lamp_of_the_led_class_gets_its_largest_brightness()
    {
        Directory.CreateDirectory(folder["led"]);
        File.WriteAllText(folder["led/max_brightness"], "255\n");
        using var lamp = Lamps.Open(folder["led"]);

        lamp.Light(true);
        Assert.Equal("255", File.ReadAllText(folder["led/brightness"]));

        lamp.Light(false);
        Assert.Equal("0", File.ReadAllText(folder["led/brightness"]));
    }

    [Fact]
    public void A_plain_file_plays_a_lamp()
    {
        using var lamp = Lamps.Open(folder["lamp"]);

        lamp.Light(true);

        Assert.Equal("1", File.ReadAllText(folder["lamp"]));
    }

    [Fact]
    public void What_a_file_held_before_does_not_stay_behind_the_new_value()
    {
        File.WriteAllText(folder["lamp"], "255\n");
        using var lamp = Lamps.Open(folder["lamp"]);

        lamp.Light(false);

        Assert.Equal("0", File.ReadAllText(folder["lamp"]));
    }

    [Fact]
    public void A_lamp_that_is_missing_says_where()
    {
        using var lamp = Lamps.Open(folder["nowhere/brightness"]);

        Assert.Contains(folder["nowhere/brightness"], Assert.Throws<DeviceException>(() => lamp.Light(true)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
