using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

public sealed class TimeOfDayTests
{
    [Theory]
    [InlineData("00:00", 0)]
    [InlineData("08:30", 510)]
    [InlineData("23:59", 1439)]
    [InlineData("24:00", 1440)]
    public void A_time_is_a_minute_of_the_day(string text, int minute) => Assert.Equal(minute, TimeOfDay.MinuteOf(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("8:30")]
    [InlineData("08:60")]
    [InlineData("24:01")]
    [InlineData("25:00")]
    [InlineData("08:30 ")]
    [InlineData("08-30")]
    [InlineData("٠٨:٣٠")]
    public void Anything_else_is_not(string? text) => Assert.Null(TimeOfDay.MinuteOf(text));

    [Theory]
    [InlineData(22 * 60, true)]
    [InlineData(0, true)]
    [InlineData(6 * 60, true)]
    [InlineData(7 * 60, false)]
    [InlineData(12 * 60, false)]
    public void A_night_passes_midnight(int minute, bool night) =>
        Assert.Equal(night, TimeOfDay.IsBetween(minute, 21 * 60, 7 * 60));

    [Fact]
    public void A_day_begins_with_its_first_minute_and_ends_before_its_last()
    {
        Assert.True(TimeOfDay.IsBetween(480, 480, 960));
        Assert.False(TimeOfDay.IsBetween(960, 480, 960));
        Assert.False(TimeOfDay.IsBetween(480, 480, 480));
    }
}
