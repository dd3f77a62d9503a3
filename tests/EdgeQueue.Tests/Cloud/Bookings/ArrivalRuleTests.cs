using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Pages;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Core.Queue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>Whether a phone that says where it is may check in by the booking's page.</summary>
public sealed class ArrivalRuleTests
{
    private static readonly LinkCheckIn Rules = new() { Latitude = 59.9133, Longitude = 10.7390, RadiusMetres = 150 };

    [Theory]
    // On the spot; 100 m to the north; 200 m, when the phone is not sure.
    [InlineData("59.9133", "10", true)]
    [InlineData("59.9142", "10", true)]
    [InlineData("59.9151", "80", true)]
    [InlineData("59.9151", "10", false)]
    // 300 m: of its accuracy at most 100 m count, and nonsense counts nothing.
    [InlineData("59.9160", "100000", false)]
    [InlineData("59.9151", "NaN", false)]
    [InlineData("59.9151", "-500", false)]
    [InlineData("59.9133", "", true)]
    public void Near_is_within_the_radius_less_what_the_phone_says_of_its_accuracy(string latitude, string accuracy, bool near) =>
        Assert.Equal(near, ArrivalPages.FarFault(Rules, Form(latitude, accuracy), English) is null);

    [Fact]
    public void Who_is_far_is_told_how_far_and_not_more_exactly_than_it_is() =>
        Assert.Contains("seems to be 350 m away", ArrivalPages.FarFault(Rules, Form("59.9163", "10"), English), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("91")]
    [InlineData("north")]
    public void Who_does_not_say_where_they_are_is_told_what_to_do(string latitude) => Assert.Equal(English.NoPlace, ArrivalPages.FarFault(Rules, Form(latitude, "10"), English));

    [Theory]
    [InlineData("en")]
    [InlineData("nb")]
    [InlineData("uk")]
    [InlineData("ar")]
    public void The_branchs_refusals_are_said_in_each_language(string language)
    {
        var words = ArrivalWords.In(language);

        Assert.Contains("10:30", words.WhyNot(Refusal.BookingTooEarly("11:00", "10:30")), StringComparison.Ordinal);
        Assert.Equal(
            [words.TooLate, words.TooLate, words.Used, words.Unknown, words.Unknown, words.Later],
            new[] { Refusal.BookingTooLate("11:00"), Refusal.BookingLapsed, Refusal.BookingUsedBefore, Refusal.UnknownBooking, Refusal.BookingWithdrawn, Refusal.Evacuating }.Select(words.WhyNot));
    }

    [Fact]
    public void Without_a_place_and_without_anywhere_an_offer_is_refused()
    {
        var offer = new BranchOffer { CheckIn = new() };

        Assert.Contains(OfferChecks.FaultsOf(new() { Branches = [offer] }), f => f.StartsWith("branches[0].checkIn:", StringComparison.Ordinal));
        Assert.DoesNotContain(OfferChecks.FaultsOf(new() { Branches = [offer with { CheckIn = new() { Anywhere = true } }] }), f => f.Contains("checkIn", StringComparison.Ordinal));
    }

    private static ArrivalWords English => ArrivalWords.In("en");

    private static FormCollection Form(string latitude, string accuracy) => new(new Dictionary<string, StringValues> { ["latitude"] = latitude, ["longitude"] = "10.7390", ["accuracy"] = accuracy });
}
