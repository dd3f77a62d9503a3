using System.Net;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>Reports by schedule to a mailbox, through a real SMTP server with STARTTLS and a password.</summary>
public sealed class ScheduledReportTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_report_comes_once_whatever_is_restarted_and_one_that_nobody_knows_of_is_shown_and_not_repeated(string kind)
    {
        using var mail = new MailServer();
        await using PlayedCloud played = await PlayedCloud.StartAsync(kind, mail.Settings, played: false, mail.Trust);
        CloudUnderTest cloud = played.Cloud;
        await using CloudUnderTest? second = kind == "sqlite" ? null : await CloudUnderTest.StartOverAsync(cloud.Database, mail.Settings, mail.Trust);

        await AddAsync(cloud, "Daily figures");
        await Eventually.Is(() => mail.Mails.Length == 1, "the report comes", 60);
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from notice where state = 'sent'") == 1, "that it was sent is written down", 60);
        cloud.Kill();
        await cloud.StartAgainAsync();
        // When another one comes, the first was looked at again, too.
        await OfficeAccount.RunAsync(cloud.Database, "update live set received_at = 1000000000000");
        await AddAsync(cloud, "Figures for Oslo");
        await Eventually.Is(() => mail.Mails.Length == 2, "the other report comes", 60);

        string[] mails = mail.Mails;
        Assert.Contains("Subject: Daily figures", mails[0], StringComparison.Ordinal);
        Assert.Contains("Subject: Figures for Oslo", mails[1], StringComparison.Ordinal);
        // Nobody takes missing figures for a quiet day.
        Assert.DoesNotContain("has not reported", MailServer.Read(mails[0]).Texts, StringComparison.Ordinal);
        Assert.Contains("Oslo centre has not reported since 2001-09-09 01:46 UTC", MailServer.Read(mails[1]).Texts, StringComparison.Ordinal);
        Assert.All(mails, m => Assert.Contains(".xlsx", m, StringComparison.Ordinal));
        Assert.All(mails, m => Assert.Contains("To: ops@example.org", m, StringComparison.Ordinal));

        mail.Break();
        await AddAsync(cloud, "Figures that break off");
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from notice where state = 'uncertain'") == 1, "nobody knows of the third", 90);
        Assert.Contains("Send again", await cloud.GetAsync("/notices"), StringComparison.Ordinal);
        // When another one has come, the third was looked at again, too.
        await AddAsync(cloud, "Figures that break off, too");
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from notice where state = 'uncertain'") == 2, "nobody knows of the fourth", 90);
        Assert.Equal(4, mail.Mails.Length);
    }

    /// <summary>As if it had been made long ago: the last day is due at once.</summary>
    private static async Task AddAsync(CloudUnderTest cloud, string name)
    {
        using HttpResponseMessage answer = await cloud.Http.PostAsync(
            "/reports/schedule", new FormUrlEncodedContent([new("name", name), new("scope", ""), new("period", "day"), new("hour", "0"), new("channel", "mail"), new("target", "ops@example.org")]),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await OfficeAccount.RunAsync(cloud.Database, "update report_schedule set made_at = 0");
    }
}
