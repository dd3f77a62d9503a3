using System.Net;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>A hall fills up, somebody is told once, takes note, and it is over; the cloud is killed in between.</summary>
public sealed class AlertsTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task An_alert_is_told_once_each_time_it_is_raised_whatever_is_killed_and_however_many_replicas_watch(string kind)
    {
        using var hook = new HookReceiver();
        await using PlayedCloud played = await PlayedCloud.StartAsync(kind, new Dictionary<string, string> { ["mail:hookSecret"] = HookReceiver.Secret, ["mail:hooksInside"] = "true" }, played: false);
        CloudUnderTest cloud = played.Cloud;
        await using CloudUnderTest? second = kind == "sqlite" ? null : await CloudUnderTest.StartOverAsync(cloud.Database, new Dictionary<string, string> { ["mail:hookSecret"] = HookReceiver.Secret, ["mail:hooksInside"] = "true" });
        await PostAsync(cloud, "/alerts/rules", HttpStatusCode.SeeOther, ("name", "The hall is full"), ("kind", "waiting"), ("scope", "branch:oslo"), ("raiseAbove", "30"), ("raiseSeconds", "1"), ("clearBelow", "20"), ("clearSeconds", "0"));
        await PostAsync(cloud, "/alerts/rules", HttpStatusCode.BadRequest, ("name", "x"), ("kind", "nothing"), ("scope", ""), ("raiseAbove", "-1"));
        string refused = await PostAsync(
            cloud, "/alerts/rules", HttpStatusCode.BadRequest, ("name", "A \"long\" queue"), ("kind", "overTarget"), ("scope", "branch:oslo"), ("raiseAbove", "7"), ("raiseSeconds", "8"), ("clearBelow", "0"), ("clearSeconds", "9"));
        // Nobody types it all again.
        Assert.All(
            ["Nothing is below 0", "value=\"A &quot;long&quot; queue\"", "<option value=\"overTarget\" selected>", "value=\"branch:oslo\"", "value=\"7\"", "value=\"8\"", "value=\"9\""],
            typed => Assert.Contains(typed, refused, StringComparison.Ordinal));
        await PostAsync(cloud, "/alerts/rules/1/recipients", HttpStatusCode.SeeOther, ("channel", "hook"), ("target", hook.Url), ("quiet", ""));
        await PostAsync(cloud, "/alerts/rules/1/recipients", HttpStatusCode.BadRequest, ("channel", "hook"), ("target", "file:///etc/passwd"), ("quiet", ""));
        // Without its country it would be a phone in another one.
        refused = await PostAsync(cloud, "/alerts/rules/1/recipients", HttpStatusCode.BadRequest, ("channel", "sms"), ("target", "98444444"), ("quiet", ""));
        Assert.All(["<details open>", "a phone number with + and its country code", "value=\"98444444\"", "<option value=\"sms\" selected>"], typed => Assert.Contains(typed, refused, StringComparison.Ordinal));

        await played.SayLiveAsync(waiting: 40);
        await Eventually.Is(() => hook.Came.Count == 1, "the hook is called", 60);
        // Killed before that, the cloud would rightly call again with the same id.
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from notice where state = 'sent'") == 1, "that it was called is written down", 60);
        cloud.Kill();
        await cloud.StartAgainAsync();
        await played.SayLiveAsync(waiting: 41);
        // Whoever was killed does not renew: after two renewals somebody alive has looked at the 41.
        for (int renewals = 0; renewals < 2; renewals++)
        {
            long until = CloudAccounts.Scalar(cloud.Database, "select until from alert_watch");
            await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select until from alert_watch") > until, "somebody watches", 60);
        }

        // Between the thresholds nothing happens; below the lower one it is over, and the next time is another alert.
        await played.SayLiveAsync(waiting: 25);
        string open = await cloud.GetAsync("/alerts");
        Assert.Contains("The hall is full", open, StringComparison.Ordinal);
        Assert.Contains("Take note</button>", open, StringComparison.Ordinal);
        long alert = CloudAccounts.Scalar(cloud.Database, "select id from alert where cleared_at = 0");
        await PostAsync(cloud, $"/alerts/{alert}/acknowledge", HttpStatusCode.SeeOther);
        Assert.DoesNotContain("Take note</button>", await cloud.GetAsync("/alerts"), StringComparison.Ordinal);
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from alert where cleared_at = 0 and acknowledged_by like 'test-%'"));
        await played.SayLiveAsync(waiting: 5);
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from alert where cleared_at > 0") == 1, "the alert is over", 60);
        await played.SayLiveAsync(waiting: 42);
        await Eventually.Is(() => hook.Came.Count >= 2, "the hook is called again", 60);

        // Numbers of the database may leave one out: what was not entered has used one up.
        Assert.Equal(2, hook.Came.Select(c => c.Id).Distinct().Count());
        Assert.Equal(2, hook.Came.Count);
        Assert.All(hook.Came, c => Assert.StartsWith("alert:", c.Id, StringComparison.Ordinal));
        Assert.All(hook.Came, c => Assert.Contains("\"branch\":\"oslo\"", c.Body, StringComparison.Ordinal));
        await Eventually.Is(() => cloud.GetAsync("/network").GetAwaiter().GetResult().Contains("1 new", StringComparison.Ordinal), "the count on the network page", 60);
        await cloud.SignInAsync("auditor");
        await PostAsync(cloud, $"/alerts/{alert}/acknowledge", HttpStatusCode.Forbidden);
        Assert.DoesNotContain("Add the rule", await cloud.GetAsync("/alerts"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_roll_out_that_stops_is_told_once_and_over_when_it_is_ended(string kind)
    {
        using var hook = new HookReceiver();
        using var mail = new MailServer();
        await using PlayedCloud played = await PlayedCloud.StartAsync(
            kind, new Dictionary<string, string>(mail.Settings) { ["mail:hookSecret"] = HookReceiver.Secret, ["mail:hooksInside"] = "true" }, played: false, mail.Trust);
        CloudUnderTest cloud = played.Cloud;
        await PostAsync(cloud, "/alerts/rules", HttpStatusCode.SeeOther, ("name", "Updates"), ("kind", "rollout"), ("scope", ""), ("raiseAbove", "0"), ("raiseSeconds", "0"), ("clearBelow", "1"), ("clearSeconds", "0"));
        await PostAsync(cloud, "/alerts/rules/1/recipients", HttpStatusCode.SeeOther, ("channel", "hook"), ("target", hook.Url), ("quiet", ""));
        await PostAsync(cloud, "/alerts/rules/1/recipients", HttpStatusCode.SeeOther, ("channel", "mail"), ("target", "updates@example.org"), ("quiet", ""));
        await PostAsync(
            cloud, "/rollouts", HttpStatusCode.SeeOther, ("title", "Release 1.5"), ("bundles", $"edgequeue-node 1.5.0 81788928 {new string('0', 64)} https://images.example/node-1.5.0.raucb"), ("stages", "100"), ("failures", "0"), ("pause", "0"));
        long number = CloudAccounts.Scalar(cloud.Database, "select made_at from rollout");
        Assert.Equal(0, CloudAccounts.Scalar(cloud.Database, "select count(*) from alert"));

        await played.SayUpdateAsync(new UpdateReport(1, number, 2, 1, 0, 1, Stopped: "'desk-1' is not healthy with 1.5.0"));

        await Eventually.Is(() => hook.Came.Count == 1, "the hook is called", 60);
        Assert.Contains("Roll-out stopped", hook.Came.First().Body, StringComparison.Ordinal);
        Assert.Contains("\"branch\":\"oslo\"", hook.Came.First().Body, StringComparison.Ordinal);
        await Eventually.Is(() => mail.Mails.Any(m => m.Contains("Roll-out stopped", StringComparison.Ordinal)), "the mail comes", 60);
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from notice where state = 'sent'") == 2, "that both were told is written down", 60);
        Assert.Contains("Roll-out stopped", await cloud.GetAsync("/alerts"), StringComparison.Ordinal);
        cloud.Kill();
        await cloud.StartAgainAsync();
        await played.SayLiveAsync(waiting: 4);
        Assert.Equal(0, CloudAccounts.Scalar(cloud.Database, "select count(*) from alert where cleared_at > 0"));

        await PostAsync(cloud, "/rollouts/1/end", HttpStatusCode.SeeOther);
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from alert where cleared_at > 0") == 1, "the alert is over", 60);
        Assert.Single(hook.Came);
    }

    private static async Task<string> PostAsync(CloudUnderTest cloud, string path, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await cloud.Http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)), TestContext.Current.CancellationToken);
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{path}: {answer.StatusCode} {page}");
        return page;
    }
}
