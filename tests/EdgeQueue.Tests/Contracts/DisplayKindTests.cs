using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Tests.Contracts;

public sealed class DisplayKindTests
{
    [Fact]
    public void The_configuration_knows_the_same_displays_as_the_drivers() =>
        Assert.Equal(DisplayModel.Chips.Order(StringComparer.Ordinal), DisplayKind.Chips.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_character_is_accepted_if_and_only_if_the_drivers_font_has_it()
    {
        foreach (var chip in DisplayModel.Chips)
        {
            var font = new DisplayModel(chip).Font;
            for (var c = ' '; c < '\u2FFF'; c++)
            {
                Assert.True(
                    DisplayKind.Of(chip)!.CanShow(c) == font.CanShow(c.ToString()),
                    $"{chip} and its font disagree about U+{(int)c:X4} {c}.");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(16)]
    public void As_many_characters_fit_as_the_driver_says(int size)
    {
        foreach (var chip in DisplayModel.Chips)
        {
            Assert.Equal(new DisplayModel(chip, size).Columns, DisplayKind.Of(chip)!.Columns(size));
        }
    }
}
