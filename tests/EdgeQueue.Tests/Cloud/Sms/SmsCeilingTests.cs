using Dapper;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Tests.Cloud.Sms;

public sealed class SmsCeilingTests
{
    [Fact]
    public async Task What_left_in_the_last_hour_and_in_this_month_is_counted_in_parts()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(10));
        long now = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await AddAsync(cloud, "a", 3, now - 1_000, "1970-01");
        await AddAsync(cloud, "b", 2, now - 3_700_000, "1970-01");
        await AddAsync(cloud, "c", 7, now - 3_700_000, "1969-12");
        await AddAsync(cloud, "d", 0, now, "");

        Assert.Equal(new SmsSpent(3, 5), await new SmsOutbox(cloud.Database, new SmsSettings(), cloud.Time).SpentAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_did_not_go_out_is_counted_by_reason_for_a_day()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(10));
        long now = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach ((string subject, long changed, string fault) in new[] { ("a", now - 1_000, "too many"), ("b", now - 2_000, "too many"), ("c", now - 3_000, "too late"), ("d", now - 86_400_001, "too many") })
        {
            await AddAsync(cloud, subject, 0, changed, "");
            await cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync("update sms set state = 'dropped', fault = @fault where subject = @subject", new { subject, fault }, t), TestContext.Current.CancellationToken);
        }

        await AddAsync(cloud, "e", 1, now, "1970-01");

        Assert.Equal([new Unsent("too many", 2), new Unsent("too late", 1)], await new SmsOutbox(cloud.Database, new SmsSettings(), cloud.Time).DroppedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_countries_of_the_settings_are_written_to()
    {
        var settings = new SmsSettings { Countries = "47, 46" };
        Assert.True(settings.WritesTo("4791234567"));
        Assert.False(settings.WritesTo("88216123456"));
        Assert.True(new SmsSettings().WritesTo("88216123456"));

        var faults = new SettingFaults();
        new SmsSettings { Countries = "+47,047,12345" }.Check(faults);
        Assert.Equal(3, faults.Sentences.Count(s => s.StartsWith("sms.countries", StringComparison.Ordinal)));
    }

    private static Task<int> AddAsync(SomeCloud cloud, string subject, long parts, long changed, string month) => cloud.Database.WriteAsync(
        t => t.Connection!.ExecuteAsync(
            """
            insert into sms(purpose, subject, person, language, text, zone, urgent, state, fault, tries, next_at, until, parts, cost, report, made_at, changed_at, month)
            values ('reply', @subject, null, 'en', '', '', 0, 'sent', '', 1, 0, 0, @parts, 0, @subject, 0, @changed, @month)
            """,
            new { subject, parts, changed, month }, t),
        TestContext.Current.CancellationToken);
}
