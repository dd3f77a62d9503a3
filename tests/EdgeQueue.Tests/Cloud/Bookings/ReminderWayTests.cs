using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>One reminder, on the way on which it is wanted.</summary>
public sealed class ReminderWayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "kari@example.org", 1, 0)]
    // Who wants no SMS is reminded by mail, where there is an address; else it is seen in the outbox that they want none.
    [InlineData(true, "kari@example.org", 0, 1)]
    [InlineData(true, null, 1, 0)]
    public async Task By_mail_where_none_goes_to_a_phone(bool stopped, string? mail, long texts, long mails)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var offers = new OfferBook(cloud.Database, cloud.Time);
        await offers.ApplyAsync(new() { Branches = [Offer] }, Cancellation);
        OfferedService service = (await offers.FindAsync("demo", Cancellation))!.Service("passport")!;
        var (sms, letter) = (new SmsSettings { Provider = "show" }, new MailSettings { Server = "localhost", From = "queue@example.org" });
        var address = new SmsAddress(sms, new CloudSettings());
        var letters = new BookingLetters(cloud.Database, offers, new NoticeOutbox(cloud.Database, letter, cloud.Time), letter, address, cloud.Time);
        var messages = new BookingMessages(new SmsOutbox(cloud.Database, sms, cloud.Time), letters, sms, address, cloud.Time);
        var store = new BookingStore(
            cloud.Database, new SlotPlaces(new FreeSlots(cloud.Database, cloud.Time), new OfficerPlaces(cloud.Database)), new PersonStore(cloud.Database, [], cloud.Time), messages, new BookingsSettings(), [], cloud.Time);
        if (stopped)
        {
            await cloud.Database.WriteAsync(
                t => t.Connection!.ExecuteAsync("insert into person(purpose, name, phone, created_at, expires_at) values ('stop', '', '4791234567', 0, 9000000000000)", transaction: t), Cancellation);
        }

        DateOnly day = service.Calendar.DateAt(cloud.Time.GetUtcNow().ToUnixTimeMilliseconds()).AddDays(5);
        (BookingSecret? secret, _) = await store.HoldAsync(service, service.Calendar.UtcOf(day, 600), "en", Cancellation);
        Assert.Null((await store.BookAsync(service, secret!, new Customer("Kari", new(PhoneNumber.Of("+4791234567"), mail is null ? null : MailboxAddress.Of(mail)), ""), Cancellation)).Refusal);

        Assert.Equal(texts, await CountAsync("select count(*) from sms where purpose = 'reminder'"));
        Assert.Equal(mails, await CountAsync("select count(*) from notice where key like 'booking:%:reminder:%'"));
        Task<long> CountAsync(string sql) => cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>(sql), Cancellation);
    }

    private static BranchOffer Offer => new()
    {
        Revision = 1, Branch = "demo", Languages = ["en"], TimeZone = "Europe/Oslo", Name = Said("The service centre"),
        Hours = OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["09:00-15:00"]),
        Services = [new() { Service = "passport", Minutes = 30, Name = Said("Passports"), NoticeMinutes = 0 }],
    };

    private static Dictionary<string, string> Said(string name) => new() { ["en"] = name };
}
