using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;
using Microsoft.AspNetCore.Http;

namespace EdgeQueue.Tests.Cloud.Api;

/// <summary>What programs send is taken as they meant it, or refused with a sentence.</summary>
public sealed class ApiRequestTests
{
    [Theory]
    [InlineData("2026-11-24T09:00:00Z", 9)]
    [InlineData("2026-11-24T09:00:00+01:00", 8)]
    [InlineData("2026-11-24T09:00:00.000-05:00", 14)]
    public void A_time_with_its_offset_is_that_instant(string text, int hour) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 24, hour, 0, 0, TimeSpan.Zero), Read<MakeBooking>($"{{\"startsAt\":\"{text}\"}}").StartsAt!.Value.ToUniversalTime());

    [Theory]
    [InlineData("\"2026-11-24T09:00:00\"")]
    [InlineData("\"2026-11-24T09:00\"")]
    [InlineData("\"2026-11-24\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("9")]
    public void A_time_without_its_offset_is_refused_and_not_taken_in_the_time_zone_of_the_server(string value)
    {
        string sentence = Refused<MoveBooking>($"{{\"startsAt\":{value}}}");

        Assert.StartsWith("$.startsAt: A time is written with its offset", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-22T00:00:00Z", true)]
    [InlineData("2026-11-22T00:00:00.5+01:00", true)]
    [InlineData("2026-11-22T00:00:00", false)]
    [InlineData("2026-11-22T00:00:00 01:00", false)]
    [InlineData("2026-11-22", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void In_an_address_it_is_the_same(string? text, bool taken) => Assert.Equal(taken, InstantJson.Of(text) is not null);

    [Fact]
    public void The_id_of_a_ticket_of_which_its_link_is_made_is_known_to_who_has_the_key_alone()
    {
        KeyInUse Key(long id, Secret secret) => new(id, new HashSet<string>(), VisibleBranches.All) { Secret = secret };
        var secret = Secret.New();
        string id = TicketApi.IdOf(Key(1, secret), "take oslo", "order-1")!;

        Assert.Equal(id, TicketApi.IdOf(Key(1, Secret.Of(secret.Text)!), "take oslo", "order-1"));
        // Whose key it is, the branch and what the program chose are no secrets.
        Assert.NotEqual(id, TicketApi.IdOf(Key(1, Secret.New()), "take oslo", "order-1"));
        Assert.NotEqual(id, TicketApi.IdOf(Key(1, secret), "take oslo", "order-2"));
        Assert.NotEqual(id, TicketApi.IdOf(Key(1, secret), "take bergen", "order-1"));
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret.Text), "take oslo\norder-1"u8).AsSpan(0, 16)), id);
        Assert.Null(TicketApi.IdOf(Key(1, secret), "take oslo", new string('x', 101)));
    }

    [Fact]
    public void A_time_is_written_as_before() =>
        Assert.Contains("\"2026-11-24T09:00:00+00:00\"", JsonSerializer.Serialize(new SlotItem(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), default, "", 1), (JsonTypeInfo<SlotItem>)Options().GetTypeInfo(typeof(SlotItem))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"service":"a","service":"b"}""", "$.service")]
    [InlineData("""{"service":"a","servise":"b"}""", "$.servise")]
    [InlineData("""{"service":1}""", "$.service")]
    [InlineData("""{"service":"a"}x""", "line 1")]
    public void What_is_said_twice_is_unknown_or_is_something_else_is_refused_with_its_place_and_without_words_of_the_framework(string json, string place)
    {
        string sentence = Refused<TakeTicket>(json);

        Assert.Contains(place, sentence, StringComparison.Ordinal);
        foreach (string inside in (string[])["EdgeQueue.", ".NET", "LineNumber", "BytePosition", "System."])
        {
            Assert.DoesNotContain(inside, sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_refusal_of_the_branch_is_a_sentence_and_an_id_used_again_is_said_in_the_programs_words()
    {
        Assert.Equal("This Idempotency-Key was used for something else. Take a new one.", ApiFault.SentenceOf(new("idReused", "This id was used for another command.")));
        Assert.Equal("The branch refused: 'general' is closed at this hour.", ApiFault.SentenceOf(Refusal.ServiceClosed("general")));
        Assert.Equal("The branch refused it and did not say why.", ApiFault.SentenceOf(new("odd", "")));
    }

    [Theory]
    [InlineData("general", null, null)]
    [InlineData("general", "nb", null)]
    [InlineData("general", "en-GB", null)]
    [InlineData("general", "zz", "'language' is one of: nb, en; or it is left out.")]
    [InlineData("general", "", "'language' is one of: nb, en; or it is left out.")]
    [InlineData("other", "nb", "'service' is one of: general.")]
    public void A_ticket_is_of_a_service_and_in_a_language_that_the_branch_has(string service, string? language, string? fault) =>
        Assert.Equal(fault, TicketApi.FaultOf(new(service, language), Live(new LiveService("general", new Dictionary<string, string> { ["en"] = "General" }, 0, null, 0, null))));

    [Fact]
    public void A_branch_without_services_is_said_to_have_none() => Assert.Equal("The branch has no services just now.", TicketApi.FaultOf(new("general", null), Live()));

    private static LiveMessage Live(params LiveService[] services) =>
        new(1, "j", 1, true, 0, 0, 0, true, 1, "", new Dictionary<string, string> { ["nb"] = "Oslo" }, 0, 0, null, services, [], [], 0, [], [], []);

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiOptions.Set(options);
        return options;
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Options().GetTypeInfo(typeof(T)))!;

    private static string Refused<T>(string json) =>
        FaultPages.SentenceOf(new BadHttpRequestException("Failed to read parameter", 400, Assert.ThrowsAny<JsonException>(() => Read<T>(json))));
}
