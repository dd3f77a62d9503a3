using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Tests.Hardware.Displays;

public sealed class DisplayModelTests
{
    [Theory]
    [InlineData("ht16k33-14", 4, "Z042", true)]
    [InlineData("ht16k33-7", 4, "Z042", false)]
    [InlineData("ht16k33-7", 4, "A042", true)]
    [InlineData("ht16k33-7", 4, "A1042", false)]
    [InlineData("max7219-matrix", 4, "Ж1042", true)]
    [InlineData("max7219-matrix", 2, "Ж04", false)]
    [InlineData("max7219-7", 1, "A1042", true)]
    [InlineData("rs485-board", 6, "A10042", true)]
    [InlineData("rs485-board", 6, "A100042", false)]
    public void A_model_knows_what_its_driver_can_show(string chip, int size, string text, bool can)
    {
        var model = new DisplayModel(chip, size);

        Assert.Equal(can, model.CanShow(text));
        using var driver = model.Open("/dev/null");
        Assert.Equal(can, driver.CanShow(text));
        Assert.Equal(model.Columns, driver.Columns);
    }

    [Fact]
    public void A_name_without_a_driver_is_refused_with_those_there_are()
    {
        var model = new DisplayModel("tm1637");

        Assert.False(model.IsKnown);
        var refusal = Assert.Throws<ArgumentException>(() => model.Open("/dev/null"));
        Assert.Contains("\"tm1637\"; there are ht16k33-14", refusal.Message, StringComparison.Ordinal);
    }
}
