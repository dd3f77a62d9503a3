using Dapper;
using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Reports.Schedule;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tests.Cloud.People;

public sealed class PersonStoreTests
{
    [Fact]
    public async Task All_that_is_kept_about_a_number_is_given_out_however_much_it_is()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var people = new PersonStore(cloud.Database, [], cloud.Time);
        PhoneNumber phone = PhoneNumber.Of("+47 912 34 567")!;
        await cloud.Database.WriteAsync(
            async t =>
            {
                for (int i = 0; i < 130; i++)
                {
                    await people.AddAsync(t, PersonStore.ForBooking, "Kari", phone, 1_000_000);
                }

                return true;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(130, (await people.OfAsync(phone, TestContext.Current.CancellationToken)).Entries.Count);
    }

    [Fact]
    public async Task With_a_number_goes_all_that_hangs_on_it_and_nothing_of_somebody_elses()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        await FillAsync(cloud, 1, "4791234567", "kari@example.org", "press-of-kari", "too loud");
        await FillAsync(cloud, 2, "4799999999", "ola@example.org", "press-of-ola", "fine");
        PersonStore people = AllOf(cloud);

        KeptAbout kept = await people.OfAsync(PhoneNumber.Of("+47 912 34 567")!, Cancellation);

        Assert.Equal(["alert", "booking", "case", "stop", "ticket"], kept.Entries.Select(e => e.Purpose));
        Assert.Equal(["alert", "answer", "booking", "mail", "sms", "ticket"], kept.Facts.Select(f => f.What).Order(StringComparer.Ordinal));
        KeptFact booking = kept.Facts.Single(f => f.What == "booking");
        Assert.Equal(("100001", "oslo", "2001-09-09T01:46:40Z", "booked", "yes"), (booking.Facts["number"], booking.Facts["branch"], booking.Facts["from"], booking.Facts["state"], booking.Facts["keyedHashOfNumber"]));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000_000_000).AddDays(400), booking.DeletedAt);
        Assert.Equal(("A001", "sms", "over"), (kept.Facts.Single(f => f.What == "ticket").Facts["ticket"], kept.Facts.Single(f => f.What == "ticket").Facts["takenBy"], kept.Facts.Single(f => f.What == "ticket").Facts["state"]));
        Assert.Equal(("2", "too loud", "A001"), (kept.Facts.Single(f => f.What == "answer").Facts["score"], kept.Facts.Single(f => f.What == "answer").Facts["comment"], kept.Facts.Single(f => f.What == "answer").Facts["ticket"]));
        Assert.Equal(("ready", "delivered", "case:K-1"), (kept.Facts.Single(f => f.What == "sms").Facts["purpose"], kept.Facts.Single(f => f.What == "sms").Facts["state"], kept.Facts.Single(f => f.What == "sms").Facts["about"]));
        Assert.Equal("sent", kept.Facts.Single(f => f.What == "mail").Facts["state"]);
        Assert.DoesNotContain(kept.Facts, f => f.Facts.Values.Any(v => v.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task By_a_mail_address_comes_what_goes_to_it_by_itself_too()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        await FillAsync(cloud, 1, "4791234567", "kari@example.org", "press-of-kari", "");
        await DoAsync(
            cloud,
            """
            insert into report_schedule(name, scope, period, hour, channel, target, made_at, removed) values ('Mondays', '', 'week', 6, 'mail', 'Kari@Example.org', 5, 0), ('old', '', 'day', 6, 'mail', '', 5, 1);
            insert into alert_recipient(rule, channel, target, quiet, zone, removed) values (1, 'mail', 'kari@example.org', '', '', 0);
            """);

        KeptAbout kept = await AllOf(cloud).OfAsync(Contact.Of("KARI@example.org")!, Cancellation);

        Assert.Equal("booking", Assert.Single(kept.Entries).Purpose);
        Assert.Equal(["alert", "booking", "mail", "report"], kept.Facts.Select(f => f.What).Order(StringComparer.Ordinal));
        Assert.Equal("Mondays", kept.Facts.Single(f => f.What == "report").Facts["name"]);
    }

    [Fact]
    public async Task Who_is_erased_leaves_a_score_and_no_word()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        await FillAsync(cloud, 1, "4791234567", "kari@example.org", "press-of-kari", "my name is Kari");
        await FillAsync(cloud, 2, "4799999999", "ola@example.org", "press-of-ola", "fine");
        PersonStore people = AllOf(cloud);

        await people.EraseAsync(PhoneNumber.Of("+47 912 34 567")!, Cancellation);

        KeptAbout kept = await people.OfAsync(PhoneNumber.Of("+47 912 34 567")!, Cancellation);
        Assert.Equal("stop", Assert.Single(kept.Entries).Purpose);
        Assert.Empty(kept.Facts);
        Assert.Equal(["2 ", "2 fine"], await cloud.Database.ReadAsync<IReadOnlyList<string>>(async c => [.. await c.QueryAsync<string>("select score || ' ' || comment from survey_answer order by 1")], Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PersonStore AllOf(SomeCloud cloud) =>
        new(cloud.Database, [new KeptBookings(), new KeptTickets(), new KeptMessages(), new KeptMails(cloud.Time), new KeptRecipients(), new KeptSchedules()], cloud.Time);

    /// <summary>Somebody of whom there is one of each.</summary>
    private static Task<int> FillAsync(SomeCloud cloud, int who, string phone, string mail, string press, string comment) => DoAsync(
        cloud,
        $"""
        insert into branch(id, name, created_at) values (1, 'oslo', 0) on conflict(id) do nothing;
        insert into alert_rule(id, name, kind, scope, raise_above, raise_seconds, clear_below, clear_seconds, removed) values (1, 'long wait', 'wait', '', 1, 1, 1, 1, 0) on conflict(id) do nothing;
        insert into person(id, purpose, name, phone, mail, created_at, expires_at) values
          ({who}1, 'booking', 'Kari', '{phone}', '{mail}', 1, 9000000000000), ({who}2, 'ticket', '', '{phone}', '', 1, 9000000000000), ({who}3, 'case', '', '{phone}', '', 1, 9000000000000),
          ({who}4, 'stop', '', '{phone}', '', 1, 9000000000000), ({who}5, 'alert', '', '{phone}', '', 1, 9000000000000);
        insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, person, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at)
          values (1, '10000{who}', 'general', 1000000000000, 1000000900000, 1, 'booked', 0, {who}1, 'en', 'secret{who}', 'secret', 'secret', 0, 0, 10, 20);
        insert into join_ticket(press, branch, service, language, channel, person, session, state, reason, visit, label, wanted_until, asked, leave_press, counter, called_at, near, next_at, made_at, changed_at)
          values ('{press}', 1, 'general', 'en', 'sms', {who}2, '', 'over', '', {who}, 'A00{who}', 0, 1, '', '', 0, 0, 0, 30, 40);
        insert into survey_answer(secret_hash, branch, service, score, comment, at) values ('{MobileTickets.HashOf(TicketSecret.Of(press))}', 1, 'general', 2, '{comment}', 50);
        insert into sms(purpose, subject, person, language, text, zone, urgent, state, fault, tries, next_at, until, parts, cost, report, made_at, changed_at, month)
          values ('ready', 'case:K-{who}', {who}3, 'en', '', '', 0, 'delivered', '', 1, 0, 0, 1, 0, 'secret{who}', 60, 70, '');
        insert into notice(key, channel, target, subject, body, file_name, file, state, fault, tries, next_at, until, quiet, made_at, changed_at, person)
          values ('booking:{who}:1', 'person', '', 'Booked', 'a secret link', '', x'', 'sent', '', 1, 0, 0, 0, 80, 90, {who}1);
        insert into alert_recipient(rule, channel, target, person, quiet, zone, removed) values (1, 'sms', '', {who}5, '', '', 0);
        """);

    private static Task<int> DoAsync(SomeCloud cloud, string sql) => cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), Cancellation);
}
