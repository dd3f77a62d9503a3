using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using Microsoft.AspNetCore.Http;

namespace EdgeQueue.Tests.Cloud.People;

public sealed class PrivacyPageTests
{
    private static readonly PrivacyPage All = new(
        new BookingsSettings { KeepDays = 9, PhoneKeys = "/keys" }, new SmsSettings { Provider = "kannel", InboundKey = "0123456789abcdef" }, new JoinSettings { Branches = { ["oslo"] = new() } },
        new MobileSettings { Branches = "*", Hours = 13 }, new MailSettings { Server = "mail.example.org" });

    [Theory]
    [InlineData("en")]
    [InlineData("nb")]
    [InlineData("uk")]
    [InlineData("ar")]
    public void Each_purpose_is_said_with_the_time_that_is_really_used(string language)
    {
        var words = PrivacyWords.In(language);
        string[] said = [.. All.Sentences(words)];

        Assert.Equal(language, words.Language);
        Assert.Equal(13, said.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(said, s => s.Contains('{', StringComparison.Ordinal));
        // Bookings, who wrote, the web, the link, the survey, documents, STOP, messages.
        Assert.Equal(["9 400", "24 30", "24 30", "13", "1 5 400", "30 400", "5", "400"], said.Select(Numbers).Where(n => n.Length > 0));
    }

    [Fact]
    public void What_a_cloud_does_not_do_is_not_said_of_it()
    {
        var none = new PrivacyPage(new BookingsSettings(), new SmsSettings(), new JoinSettings(), new MobileSettings(), new MailSettings());
        string said = string.Join('\n', none.Sentences(PrivacyWords.In("en")));

        Assert.Contains("booking", said, StringComparison.Ordinal);
        Assert.All(new[] { "STOP", "SMS", "documents", "visit", "cookie", "code" }, w => Assert.DoesNotContain(w, said, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_there_without_a_branch_in_the_direction_of_its_language()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new("?lang=ar");
        Page page = All.Show(context);

        Assert.Equal(("ar", "rtl", Audience.Customer), (page.Language, Layout.Direction(page.Language), page.Audience));
        Assert.Contains("lang=\"uk\"", page.Body.ToString(), StringComparison.Ordinal);
    }

    private static string Numbers(string sentence) =>
        string.Join(' ', System.Text.RegularExpressions.Regex.Matches(sentence, "[0-9]+").Select(m => m.Value));
}
