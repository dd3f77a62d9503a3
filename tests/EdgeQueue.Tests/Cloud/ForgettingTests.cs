using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Tests.Cloud;

/// <summary>What is kept about people goes when its time has come, everywhere.</summary>
public sealed class ForgettingTests
{
    private const long Day = 86_400_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_erased_is_erased_at_the_hub_too()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        long future = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds() + Day;
        await DoAsync(
            cloud,
            $"""
            insert into branch(id, name, created_at) values (1, 'oslo', 0);
            insert into booking_version(branch, version) values (1, 5);
            insert into person(id, purpose, name, phone, created_at, expires_at) values (1, 'booking', 'Kari', '4791234567', 0, {future});
            insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, person, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at)
            values (1, '1234567', 'general', {future}, {future}, 1, 'booked', 0, 1, 'en', 'l', 't', 'secret', 0, 5, 0, 0);
            """);

        Assert.Equal(1, await new PersonStore(cloud.Database, [new KeptBookings()], cloud.Time).EraseAsync(PhoneNumber.Of("+47 912 34 567")!, Cancellation));

        var message = (await new BookingsMessages(cloud.Database, new OfferBook(cloud.Database, cloud.Time), cloud.Time).NextAsync(1, 5, toldBefore: null, Cancellation))!;
        Assert.Equal(6, message.Version);
        Assert.Null(Assert.Single(message.Bookings).PhoneHash);
    }

    [Fact]
    public async Task Old_messages_and_answers_are_forgotten_and_those_that_wait_are_not()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(1_000));
        const string Columns = "purpose, language, text, zone, urgent, fault, tries, next_at, until, parts, cost, made_at, month, subject, report, state, changed_at";
        const string Values = "'reply', 'en', '', '', 0, '', 1, 0, 0, 1, 0, 0, ''";
        await DoAsync(
            cloud,
            $"""
            insert into sms({Columns}) values ({Values}, 'old', 'a', 'sent', {599 * Day}), ({Values}, 'new', 'b', 'sent', {601 * Day}), ({Values}, 'waits', 'c', 'waiting', 0);
            insert into sms_inbound(id, word, at) values ('old', '', {969 * Day}), ('new', '', {971 * Day});
            insert into branch(id, name, created_at) values (1, 'oslo', 0);
            insert into survey_answer(secret_hash, branch, service, score, comment, at) values ('old', 1, '', 5, 'x', {599 * Day}), ('new', 1, '', 5, 'my name', {601 * Day});
            """);

        await new SmsOutbox(cloud.Database, new SmsSettings(), cloud.Time).ForgetAsync(Cancellation);
        var tickets = new MobileTickets(cloud.Database, new MobileSettings(), cloud.Time);
        await tickets.ForgetAsync(Cancellation);
        await tickets.EraseCommentAsync("new", Cancellation);

        Assert.Equal(["new", "waits"], await NamesAsync(cloud, "select subject from sms order by subject"));
        Assert.Equal(["new"], await NamesAsync(cloud, "select id from sms_inbound"));
        Assert.Equal(["new "], await NamesAsync(cloud, "select secret_hash || ' ' || comment from survey_answer"));
    }

    private static Task<int> DoAsync(SomeCloud cloud, string sql) => cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), Cancellation);

    private static Task<IReadOnlyList<string>> NamesAsync(SomeCloud cloud, string sql) =>
        cloud.Database.ReadAsync<IReadOnlyList<string>>(async c => [.. await c.QueryAsync<string>(sql)], Cancellation);
}
