using System.Globalization;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Tests.Cloud.Sms;

public sealed class SmsRuleTests
{
    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    [Theory]
    [InlineData("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z")]
    [InlineData("2026-11-23T20:30:00Z", "2026-11-24T07:00:00Z")] // 21:30 in Oslo
    [InlineData("2026-11-23T03:00:00Z", "2026-11-23T07:00:00Z")]
    [InlineData("2026-11-23T07:00:00Z", "2026-11-23T07:00:00Z")]
    [InlineData("2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z")] // the clocks go forward in this night
    public void What_can_wait_waits_until_the_quiet_hours_of_the_branch_end(string at, string goes) =>
        Assert.Equal(At(goes), QuietHours.Of("21:00-08:00")!.After(At(at), Oslo));

    [Theory]
    [InlineData("21-08")]
    [InlineData("21:00-21:00")]
    [InlineData("25:00-08:00")]
    [InlineData("")]
    public void What_is_no_time_is_none(string text) => Assert.Null(QuietHours.Of(text));

    [Theory]
    [InlineData("STOP", "Stop", "")]
    [InlineData(" stop. ", "Stop", "")]
    [InlineData("Stopp!", "Stop", "")]
    [InlineData("join  general help", "Join", "general help")]
    [InlineData("СКАСУВАТИ", "Cancel", "")]
    [InlineData("إلغاء", "Cancel", "")]
    [InlineData("status?", "Status", "")]
    [InlineData("\u200fتوقف", "Stop", "")] // with the mark that a keyboard from right to left puts in front
    [InlineData("“STOP”", "Stop", "")]
    [InlineData("Quit", "Stop", "")]
    [InlineData("الغاء", "Cancel", "")] // without its hamza, as most people write
    [InlineData("ا\u0655لغاء", "Cancel", "")] // and with it apart
    [InlineData("\ud800STOP", "Unknown", "")]
    [InlineData("stopping by tomorrow", "Unknown", "")]
    [InlineData("", "Unknown", "")]
    public void What_somebody_writes_is_understood_by_its_first_word(string text, string wish, string argument) =>
        Assert.Equal((wish, argument), (SmsCommand.Of(text).Wish.ToString(), SmsCommand.Of(text).Argument));

    [Fact]
    public void A_template_is_filled_once_and_encoded_for_where_it_stands()
    {
        (string, string)[] values = [("{to}", "+4791234567"), ("{text}", "Say \"{to}\" & ø")];

        Assert.Equal("https://x.example/?to=%2B4791234567&t=Say%20%22%7Bto%7D%22%20%26%20%C3%B8", HttpProvider.Fill("https://x.example/?to={to}&t={text}", values, Uri.EscapeDataString));
        string json = HttpProvider.Fill("{\"to\":\"{to}\",\"text\":\"{text}\"}", values, HttpProvider.Json);
        using var read = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("Say \"{to}\" & ø", read.RootElement.GetProperty("text").GetString());
        Assert.Equal("+4791234567", read.RootElement.GetProperty("to").GetString());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("nb")]
    public void A_confirmation_with_its_link_fits_two_parts_in_seven_bits(string language)
    {
        string text = string.Format(CultureInfo.InvariantCulture, SmsWords.In(language).Confirmation,
            "The service centre", "Wednesday 23 September 2026", "09:30", "1649836", "https://queue.example.org/b/Zb9xQ2mT7vKc4RfLZb9xQ2");

        Assert.True(SmsLength.Of(text) is { IsGsm7: true, Parts: <= 2 }, text);
    }

    private static long At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
