using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeQueue.Tests.Cloud.Bookings;

public sealed class FirstReportTests
{
    [Fact]
    public async Task A_hub_whose_report_is_faster_than_its_first_events_is_heard()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var (channels, complaints, settings) = (new IngestChannels(), new Complaints(cloud.Time), new IngestSettings());
        using var days = new EventDays(settings, cloud.Database, cloud.Time, NullLogger<EventDays>.Instance);
        using var brokers = new IngestBrokers(settings, channels, days, complaints, NullLogger<IngestBrokers>.Instance);
        var offers = new OfferBook(cloud.Database, cloud.Time);
        var sms = new SmsSettings();
        var (mail, address) = (new MailSettings(), new SmsAddress(sms, new CloudSettings()));
        var letters = new BookingLetters(cloud.Database, offers, new NoticeOutbox(cloud.Database, mail, cloud.Time), mail, address, cloud.Time);
        var messages = new BookingMessages(new SmsOutbox(cloud.Database, sms, cloud.Time), letters, sms, address, cloud.Time);
        using var sender = new BookingsSender(
            cloud.Database, new BranchBook(cloud.Database, cloud.Time), new BookingsMessages(cloud.Database, offers, cloud.Time), new BookingRejections(cloud.Database, offers, messages, cloud.Time), brokers, cloud.Time, complaints, NullLogger<BookingsSender>.Instance);
        byte[] report = ContractJson.Write(new BookingsReport(1, "j", 5, 3, null, [], []));

        await sender.TakeAsync(new ArrivedReport("oslo", "t", report), TestContext.Current.CancellationToken);

        Assert.Equal(3, await cloud.Database.ReadAsync(
            c => c.ExecuteScalarAsync<long>("select held from booking_told t join branch b on b.id = t.branch where b.name = 'oslo'"), TestContext.Current.CancellationToken));
    }
}
