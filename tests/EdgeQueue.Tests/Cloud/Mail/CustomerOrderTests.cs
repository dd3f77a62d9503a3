using Dapper;
using EdgeQueue.Cloud.Mail;

namespace EdgeQueue.Tests.Cloud.Mail;

/// <summary>What one customer is told leaves in its order, whatever the server puts off.</summary>
public sealed class CustomerOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_was_put_off_holds_up_what_the_same_person_is_told_after_it_and_nobody_else()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var outbox = new NoticeOutbox(cloud.Database, new MailSettings(), cloud.Time);
        long now = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();
        long[] people = await cloud.Database.WriteAsync(async t => (await t.Connection!.QueryAsync<long>(
            "insert into person(purpose, name, phone, created_at, expires_at, mail) values ('booking', 'a', '', 0, @now, 'a@example.org'), ('booking', 'b', '', 0, @now, 'b@example.org') returning id",
            new { now }, t)).ToArray(), Cancellation);
        Task<bool> AddAsync(string key, long person, string body = "text") => cloud.Database.WriteAsync(
            t => outbox.AddAsync(t, new(key, "person", "", "subject", body, "", [], now, now + 10_000_000, Quiet: false, person)), Cancellation);
        async Task<string?> TakeAsync() => (await outbox.TakeAsync("person", Cancellation))?.Key;
        // A reminder is for later and has no text yet.
        await AddAsync("booking:1:reminder:0", people[0], body: "");
        await AddAsync("booking:1:confirmed:0", people[0]);
        await AddAsync("booking:1:moved:1", people[0]);
        await AddAsync("booking:2:confirmed:0", people[1]);

        Assert.Equal("booking:1:reminder:0", await TakeAsync());
        NoticeRow confirmed = (await outbox.TakeAsync("person", Cancellation))!;
        Assert.Equal("booking:1:confirmed:0", confirmed.Key);
        await outbox.WaitAsync(confirmed.Id, now + 60_000, "try again later", Cancellation);
        Assert.Equal("booking:2:confirmed:0", await TakeAsync());
        Assert.Null(await TakeAsync());

        cloud.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("booking:1:confirmed:0", await TakeAsync());
        Assert.Null(await TakeAsync());
        await outbox.EndAsync(confirmed.Id, "sent", "", Cancellation);
        Assert.Equal("booking:1:moved:1", await TakeAsync());
    }
}
