using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Tests.Cloud.Joining;

public sealed class JoinRuleTests
{
    [Fact]
    public void A_degree_of_latitude_is_a_hundred_and_eleven_kilometres_and_a_place_is_none_from_itself()
    {
        var oslo = GeoPlace.Of("59.9133", "10.7390")!.Value;

        Assert.InRange(oslo.MetresTo(GeoPlace.Of("60.9133", "10.7390")!.Value), 111_100, 111_300);
        Assert.Equal(0, oslo.MetresTo(oslo));
        // Around the date line it is near.
        Assert.InRange(GeoPlace.Of("0", "179.999")!.Value.MetresTo(GeoPlace.Of("0", "-179.999")!.Value), 220, 225);
    }

    [Theory]
    [InlineData("", "10")]
    [InlineData("91", "10")]
    [InlineData("59,9", "10")]
    [InlineData("NaN", "10")]
    [InlineData("59", "181")]
    public void What_is_no_place_is_none(string latitude, string longitude) => Assert.Null(GeoPlace.Of(latitude, longitude));

    [Theory]
    [InlineData("KØ pass", "nb")]
    [InlineData("kø", "nb")]
    [InlineData("ЧЕРГА паспорт", "uk")]
    [InlineData("طابور", "ar")]
    [InlineData("join passport", "en")]
    [InlineData("Stopp.", "nb")]
    [InlineData("avbestill", "nb")]
    [InlineData("STOP", null)]
    [InlineData("STATUS", null)]
    public void The_word_that_somebody_writes_says_their_language(string text, string? language) => Assert.Equal(language, SmsCommand.LanguageOf(text));

    [Theory]
    [InlineData("KØ pass", "pass")]
    [InlineData("Черга  паспорт центр", "паспорт центр")]
    [InlineData("طابور جواز", "جواز")]
    public void Joining_is_understood_in_each_language(string text, string argument) => Assert.Equal(new SmsCommand(SmsWish.Join, argument), SmsCommand.Of(text));

    [Fact]
    public void All_that_is_wrong_with_the_settings_is_said()
    {
        var faults = new SettingFaults();
        var settings = new JoinSettings
        {
            MostOpen = 0,
            Branches = new()
            {
                ["a"] = new() { Keyword = "same", Radius = 100 }, ["b"] = new() { Keyword = "SAME" }, ["not a name"] = new() { Keyword = "two words" },
            },
        };

        settings.Check(faults, branch => branch != "b");

        IReadOnlyList<string> said = faults.Sentences;
        foreach (string part in (string[])["join.branches.a.radius", "join.branches.b", "join.branches.not a name", "keyword", "'SAME'", "mostOpen"])
        {
            Assert.Contains(said, s => s.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_message_about_a_ticket_is_one_part_in_the_Latin_languages()
    {
        foreach (string language in (string[])["en", "nb"])
        {
            JoinSmsWords words = JoinSmsWords.In(language);
            string text = JoinSmsWords.Say(words.Joined, "A042", "The service centre", words.Minutes((12, 19)), "https://queue.example.org/t/AbCdEfGhIjKlMnOpQrStUv");
            Assert.Equal(1, SmsLength.Of(text).Parts);
        }
    }
}
