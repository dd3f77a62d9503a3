using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;

namespace EdgeQueue.Tests.Cloud.Bookings;

public sealed class OfferTests
{
    [Fact]
    public void All_that_is_wrong_with_an_offer_is_said_at_once_and_where()
    {
        var branch = new BranchOffer
        {
            Revision = 1, Branch = "demo", Name = new Dictionary<string, string> { ["en"] = "Demo" }, Languages = ["en"], TimeZone = "Europe/Nowhere",
            Hours = new Dictionary<string, IReadOnlyList<string>> { ["mon"] = ["9:00-12:00"], ["funday"] = ["09:00-10:00", "09:30-11:00"] },
            Exceptions = [new("24.12.2026", [])],
            Services = [new() { Service = "general", Name = new Dictionary<string, string> { ["en"] = "General" }, Capacity = 0 }],
        };

        IReadOnlyList<string> faults = OfferChecks.FaultsOf(new OfferDocument { Branches = [branch] });

        Assert.Equal(
        [
            "branches[0].timeZone: 'Europe/Nowhere' is no time zone as Europe/Oslo.",
            "branches[0].hours.mon: '9:00-12:00' is no time as 09:00-12:30.",
            "branches[0].hours.funday: is no weekday: mon, tue, wed, thu, fri, sat, sun.",
            "branches[0].hours.funday: '09:30-11:00' begins before the one before it ends.",
            "branches[0].exceptions[0].date: '24.12.2026' is no date as 2026-12-24.",
            "branches[0].services[0].capacity: 0 is not between 1 and 100.",
        ], faults);
    }

    [Fact]
    public void The_example_has_no_fault()
    {
        var faults = new EdgeQueue.Cloud.Start.SettingFaults();
        OfferDocument example = new EdgeQueue.Cloud.Bookings.BookingsSettings { Offers = RepositoryFolder.PathOf("examples", "cloud", "offers.json") }.Read(faults);

        Assert.Empty(faults.Sentences);
        Assert.Equal("demo", Assert.Single(example.Branches).Branch);
    }

    [Theory]
    [InlineData("uk", "de", "uk")] // what the link says
    [InlineData("xx", "de-CH, ar;q=0.9", "ar")]
    [InlineData(null, "no,en;q=0.5", "nb")]
    [InlineData(null, "nb-NO", "nb")]
    [InlineData(null, "", "nb")] // the branch's own
    public void A_customer_gets_a_language_of_the_branch(string? asked, string accepted, string language) =>
        Assert.Equal(language, LanguageChoice.Of(["nb", "en", "uk", "ar"], asked, accepted));

    [Fact]
    public void A_text_that_is_missing_in_a_language_is_said_in_the_branchs_own()
    {
        var texts = new Dictionary<string, string> { ["en"] = "Help", ["nb"] = "Hjelp" };

        Assert.Equal("Help", LanguageChoice.Pick(texts, "en", ["nb", "en", "uk"]));
        Assert.Equal("Hjelp", LanguageChoice.Pick(texts, "uk", ["nb", "en", "uk"]));
        Assert.Equal("", LanguageChoice.Pick(new Dictionary<string, string>(), "uk", ["nb"]));
    }

    [Theory]
    [InlineData("en", "Monday 2 March 2026")]
    [InlineData("nb", "mandag 2. mars 2026")]
    [InlineData("uk", "понеділок, 2 березня 2026")]
    [InlineData("ar", "الاثنين 2 مارس 2026")]
    public void A_date_is_written_as_people_read_it(string language, string written) =>
        Assert.Equal(written, BookingWords.In(language).DateOf(new DateOnly(2026, 3, 2)));

    [Fact]
    public void Every_language_has_a_sentence_for_every_refusal()
    {
        foreach (string language in new[] { "en", "nb", "uk", "ar" })
        {
            BookingWords words = BookingWords.In(language);
            Assert.Equal(language, words.Language);
            Assert.All(Enum.GetValues<EdgeQueue.Cloud.Bookings.BookingRefusal>(), refusal => Assert.NotEmpty(words.Refusals[refusal]));
            Assert.Equal((7, 7, 12), (words.Weekdays.Count, words.ShortWeekdays.Count, words.Months.Count));
        }
    }
}
