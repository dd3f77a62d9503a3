using System.Text;
using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Cloud.Sms;

/// <summary>A ticket whose number nobody may be told is a customer who is called in vain.</summary>
public sealed class JoinAfterStopTests
{
    private static readonly PhoneNumber Phone = PhoneNumber.Of("+4791234567")!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_wrote_STOP_gets_no_ticket_and_is_told_of_START_and_after_it_has_one()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        SmsInbox inbox = await InboxAsync(cloud);

        Assert.True(await inbox.TakeAsync("1", Phone, "STOP", Cancellation));
        Assert.True(await inbox.TakeAsync("2", Phone, "JOIN cash OSLO", Cancellation));
        Assert.Empty(await NamesAsync(cloud, "select state from join_ticket"));
        Assert.All(await NamesAsync(cloud, "select text from sms"), t => Assert.Contains("START", t, StringComparison.Ordinal));
        Assert.Equal(["farewell", "farewell"], await NamesAsync(cloud, "select purpose from sms"));

        Assert.True(await inbox.TakeAsync("3", Phone, "START", Cancellation));
        Assert.True(await inbox.TakeAsync("4", Phone, "JOIN cash OSLO", Cancellation));
        Assert.Equal(["asking"], await NamesAsync(cloud, "select state from join_ticket"));
    }

    [Theory]
    [InlineData("STOPP", "Du får meldinger igjen.")]
    [InlineData("СТОП", "Ви знову отримуватимете повідомлення.")]
    [InlineData("STOP", "You get messages again.")]
    public async Task Who_begins_again_after_days_is_answered_in_the_language_of_the_farewell(string stop, string answer)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        SmsInbox inbox = await InboxAsync(cloud);

        Assert.True(await inbox.TakeAsync("1", Phone, stop, Cancellation));
        // The numbers of other answers are forgotten after a day.
        cloud.Time.Advance(TimeSpan.FromDays(40));
        await new PersonStore(cloud.Database, [], cloud.Time).ForgetAsync(Cancellation);
        Assert.True(await inbox.TakeAsync("2", Phone, "START", Cancellation));
        Assert.Equal(answer, (await NamesAsync(cloud, "select text from sms order by id"))[1]);
    }

    private static async Task<SmsInbox> InboxAsync(SomeCloud cloud)
    {
        var join = new JoinSettings { Branches = { ["oslo"] = new() { Keyword = "oslo" } } };
        var book = new BranchBook(cloud.Database, cloud.Time);
        var store = new LiveStore(cloud.Database, book, cloud.Time);
        var names = new Dictionary<string, string> { ["en"] = "Cash desk" };
        var live = new LiveMessage(1, "j", 1, true, 1, 0, 0, true, 1, "1", new Dictionary<string, string> { ["en"] = "Oslo" }, 0, 0, null, [new LiveService("cash", names, 0, null, 600_000, null)], [], [], 0, [], [], []);
        await store.PutAsync([new ReadLive("oslo", live, Encoding.UTF8.GetString(LinkJson.Write(live)))], Cancellation);
        var board = new LiveBoard();
        board.Put([new(await book.BranchAsync("oslo", Cancellation), "oslo", "Oslo", "", 1, 1, 0, cloud.Time.GetUtcNow().ToUnixTimeMilliseconds(), 0, 0, -1, 0, 0, 0, "1")]);

        var sms = new SmsSettings { Provider = SmsSettings.Shown };
        var address = new SmsAddress(sms, new CloudSettings());
        var outbox = new SmsOutbox(cloud.Database, sms, cloud.Time);
        var people = new PersonStore(cloud.Database, [], cloud.Time);
        var offers = new OfferBook(cloud.Database, cloud.Time);
        var mail = new MailSettings();
        var letters = new BookingLetters(cloud.Database, offers, new NoticeOutbox(cloud.Database, mail, cloud.Time), mail, address, cloud.Time);
        var bookings = new BookingStore(
            cloud.Database, new SlotPlaces(new FreeSlots(cloud.Database, cloud.Time), new OfficerPlaces(cloud.Database)), people, new BookingMessages(outbox, letters, sms, address, cloud.Time), new BookingsSettings(), [], cloud.Time);
        var branches = new JoinBranches(join, new LiveDetails(board, store), cloud.Time);
        return new(
            cloud.Database, outbox, bookings, people, offers,
            new JoinBySms(join, new JoinTickets(cloud.Database, join, people, cloud.Time), branches, new JoinMessages(outbox, address, branches, cloud.Time), book, cloud.Time), cloud.Time);
    }

    private static Task<IReadOnlyList<string>> NamesAsync(SomeCloud cloud, string sql) =>
        cloud.Database.ReadAsync<IReadOnlyList<string>>(async c => [.. await c.QueryAsync<string>(sql)], Cancellation);
}
