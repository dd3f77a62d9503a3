using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Tests.Cloud.Alerts;

/// <summary>What is told once, whoever tries again.</summary>
public sealed class AlertStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_alert_is_open_for_a_rule_and_a_branch_and_after_it_was_cleared_another_may_be()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var store = new AlertStore(cloud.Database, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);
        long branch = await new BranchBook(cloud.Database, cloud.Time).BranchAsync("oslo", Cancellation);
        var rule = new AlertRule(0, "waits", "waiting", "", 10, 0, 5, 0);
        rule = rule with { Id = (await store.AddRuleAsync(rule, Cancellation))!.Value };
        Task<long?> RaiseAsync() => cloud.Database.WriteAsync(t => store.RaiseAsync(t, rule, branch, 11), Cancellation);

        long first = (await RaiseAsync())!.Value;
        Assert.Null(await RaiseAsync());
        Assert.False(await store.AcknowledgeAsync(first, "somebody of another region", new VisibleBranches(["North"], []), Cancellation));
        Assert.True(await store.AcknowledgeAsync(first, "kari", VisibleBranches.All, Cancellation));
        Assert.False(await store.AcknowledgeAsync(first, "ola", VisibleBranches.All, Cancellation));
        await store.ClearAsync(rule.Id, branch, 40, Cancellation);
        Assert.NotNull(await RaiseAsync());
        AlertRow over = Assert.Single(await store.LatelyAsync(VisibleBranches.All, Cancellation));
        Assert.Equal(("kari", 40L), (over.AcknowledgedBy, over.Worst));
        Assert.Empty(await store.LatelyAsync(new VisibleBranches(["North"], []), Cancellation));
        Assert.Equal(new OpenAlert(rule.Id, branch), Assert.Single(await store.OpenPlacesAsync(Cancellation)));

        await store.RemoveRuleAsync(rule.Id, Cancellation);
        Assert.Empty(await store.OpenAsync(VisibleBranches.All, Cancellation));
        Assert.Null(await RaiseAsync());
    }

    [Fact]
    public async Task One_replica_watches_until_it_is_silent()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var store = new AlertStore(cloud.Database, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);

        Assert.True(await store.WatchesAsync("one", 15_000, Cancellation));
        Assert.False(await store.WatchesAsync("two", 15_000, Cancellation));
        cloud.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.True(await store.WatchesAsync("one", 15_000, Cancellation));
        cloud.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.True(await store.WatchesAsync("two", 15_000, Cancellation));
        Assert.False(await store.WatchesAsync("one", 15_000, Cancellation));
    }

    [Fact]
    public async Task A_mail_that_somebody_began_to_send_is_uncertain_and_a_hook_waits_again_with_its_id()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var outbox = new NoticeOutbox(cloud.Database, new MailSettings(), cloud.Time);
        long now = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Task<bool> AddAsync(string key, string channel) => cloud.Database.WriteAsync(
            t => outbox.AddAsync(t, new(key, channel, "x", "subject", "body", "", [], now, now + 1_000_000, Quiet: false)), Cancellation);

        Assert.True(await AddAsync("alert:1:1", "mail"));
        Assert.False(await AddAsync("alert:1:1", "mail"));
        Assert.True(await AddAsync("alert:1:2", "hook"));
        Assert.Equal("alert:1:2", (await outbox.TakeAsync("hook", Cancellation))!.Key);
        Assert.Equal("alert:1:1", (await outbox.TakeAsync("mail", Cancellation))!.Key);
        Assert.Null(await outbox.TakeAsync("mail", Cancellation));
        cloud.Time.Advance(TimeSpan.FromMinutes(5));
        await outbox.GiveUpAsync(Cancellation);

        NoticeRow again = (await outbox.TakeAsync("hook", Cancellation))!;
        Assert.Equal(("alert:1:2", 2L), (again.Key, again.Tries));
        Assert.Null(await outbox.TakeAsync("mail", Cancellation));
        Assert.Equal(1, await outbox.AgainAsync(1, Cancellation));
        Assert.Equal("body", (await outbox.TakeAsync("mail", Cancellation))!.Body);
    }

    [Theory]
    [InlineData("mail", "ops@example.org", true)]
    [InlineData("mail", "ops@example.org\r\nBcc: all@example.org", false)]
    [InlineData("mail", "Ops <ops@example.org>", false)]
    [InlineData("hook", "https://example.org/hook?x=1", true)]
    [InlineData("hook", "file:///etc/passwd", false)]
    [InlineData("hook", "ops@example.org", false)]
    [InlineData("sms", "+4791234567", false)]
    public void Only_a_mailbox_or_a_web_address_is_a_target(string channel, string target, bool so) => Assert.Equal(so, NoticeOutbox.IsTarget(channel, target));
}
