using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>Officers with calendars of their own: Anna does passports and general help, Boris passports.</summary>
public sealed class OfficerBookingTests
{
    [Fact]
    public async Task An_officer_is_not_in_two_services_at_once()
    {
        await using Office office = await Office.StartAsync();

        Assert.Null((await office.HoldAsync("passport", "09:00", "anna")).Refusal);
        Assert.Equal(BookingRefusal.SlotTaken, (await office.HoldAsync("passport", "09:00", "anna")).Refusal);
        Assert.Equal(BookingRefusal.SlotTaken, (await office.HoldAsync("general", "09:15", "anna")).Refusal);
        Assert.Null((await office.HoldAsync("general", "09:30", "anna")).Refusal);
        Assert.Equal(0, await office.FreeAsync("general", "09:15"));
        Assert.Equal(0, await office.FreeAsync("passport", "09:00"));
    }

    [Fact]
    public async Task Anyone_is_whoever_is_free_and_has_the_fewest()
    {
        await using Office office = await Office.StartAsync();

        foreach (string at in new[] { "10:00", "10:30", "10:30" })
        {
            Assert.Null((await office.HoldAsync("passport", at)).Refusal);
        }

        Assert.Equal(["anna 10:00 0", "boris 10:30 0", "anna 10:30 0"], await office.HeldAsync());
        Assert.Equal(BookingRefusal.SlotTaken, (await office.HoldAsync("passport", "10:30")).Refusal);
    }

    [Fact]
    public async Task Each_has_hours_breaks_and_days_of_their_own_within_the_services()
    {
        await using Office office = await Office.StartAsync();

        // Boris begins at ten and has his break at noon; Anna is away on the second day.
        Assert.Equal(BookingRefusal.NotOffered, (await office.HoldAsync("passport", "09:00", "boris")).Refusal);
        Assert.Equal(BookingRefusal.NotOffered, (await office.HoldAsync("passport", "12:00", "boris")).Refusal);
        Assert.Null((await office.HoldAsync("passport", "10:00", "boris")).Refusal);
        Assert.Equal(["09:30 1", "10:00 1", "10:30 2"], (await office.DayAsync("passport", 1)).Skip(1).Take(3));
        Assert.Equal("10:00 1", (await office.DayAsync("passport", 2))[0]);
        Assert.Empty(await office.DayAsync("general", 2));
    }

    [Fact]
    public async Task A_hold_that_is_over_does_not_come_back_where_the_officer_has_somebody_else_meanwhile()
    {
        await using Office office = await Office.StartAsync();
        (BookingSecret? first, _) = await office.HoldAsync("passport", "09:00", "anna");
        office.Cloud.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null((await office.HoldAsync("general", "09:15", "anna")).Refusal);

        Assert.Equal(BookingRefusal.HoldOver, (await office.BookAsync("passport", first!)).Refusal);
    }

    [Fact]
    public async Task Redirected_to_another_officer_it_keeps_its_time_the_branch_hears_of_it_and_the_customer_too()
    {
        await using Office office = await Office.StartAsync();
        (BookingSecret? secret, _) = await office.HoldAsync("passport", "10:30");
        Assert.Null((await office.BookAsync("passport", secret!)).Refusal);
        // Anybody would do: the branch binds it to nobody.
        Assert.Null((await office.ToldAsync()).Operator);

        Assert.Null((await office.MoveAsync("passport", secret!, "10:30", "boris")).Refusal);

        Assert.Equal(["boris 10:30 1"], await office.HeldAsync());
        Assert.Equal("boris", (await office.ToldAsync()).Operator);
        Assert.Equal(2, await office.FreeAsync("passport", "10:30", "anna") + await office.FreeAsync("general", "10:30", "anna"));
        Assert.Equal(0, await office.FreeAsync("passport", "10:30", "boris"));
        string body = await office.Cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<string>("select body from notice where key like 'booking:%:moved:1'"), Cancellation) ?? "";
        Assert.Contains("With Boris B.", body, StringComparison.Ordinal);
        // Said again it is done already.
        Assert.Null((await office.MoveAsync("passport", secret!, "10:30", "boris")).Refusal);
        Assert.Equal(1, await office.Cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select moves from booking"), Cancellation));

        Assert.Null((await office.MoveAsync("passport", secret!, "11:00", null)).Refusal);
        Assert.Equal(["boris 11:00 1"], await office.HeldAsync());
        Assert.Null((await office.MoveAsync("passport", secret!, "09:00", "")).Refusal);
        Assert.Equal(["anna 09:00 0"], await office.HeldAsync());
        Assert.Null((await office.ToldAsync()).Operator);
    }

    [Fact]
    public async Task Nobody_is_redirected_to_an_officer_who_is_taken()
    {
        await using Office office = await Office.StartAsync();
        (BookingSecret? secret, _) = await office.HoldAsync("passport", "10:30", "anna");
        Assert.Null((await office.BookAsync("passport", secret!)).Refusal);
        Assert.Null((await office.HoldAsync("passport", "10:30", "boris")).Refusal);

        Assert.Equal(BookingRefusal.SlotTaken, (await office.MoveAsync("passport", secret!, "10:30", "boris")).Refusal);
        Assert.Equal(BookingRefusal.NotOffered, (await office.MoveAsync("passport", secret!, "10:30", "clara")).Refusal);
        Assert.Equal("anna 10:30 1", (await office.HeldAsync())[0]);
    }

    [Fact]
    public void What_is_wrong_with_officers_is_said_with_its_place()
    {
        BranchOffer offer = Office.Offer with
        {
            Officers = [new() { Officer = "no name", Services = ["tax"], Capacity = 0, Breaks = ["12-13"] }, .. Office.Offer.Officers, Office.Offer.Officers[0]],
        };

        string[] faults = [.. OfferChecks.FaultsOf(new() { Branches = [offer] })];

        Assert.Equal(6, faults.Length);
        Assert.All(faults, f => Assert.StartsWith("branches[0].officers", f, StringComparison.Ordinal));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Office(SomeCloud cloud, OfferedBranch branch, BookingStore store) : IAsyncDisposable
    {
        public static BranchOffer Offer => new()
        {
            Revision = 1, Branch = "demo", Languages = ["en"], TimeZone = "Europe/Oslo", Name = Said("The service centre"),
            Hours = OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["09:00-15:00"]),
            Services = [new() { Service = "passport", Minutes = 30, Name = Said("Passports"), NoticeMinutes = 0 }, new() { Service = "general", Minutes = 15, Name = Said("General help"), NoticeMinutes = 0 }],
            Officers =
            [
                new() { Officer = "anna", Name = Said("Anna A."), Services = ["passport", "general"], Shown = true },
                new()
                {
                    Officer = "boris", Name = Said("Boris B."), Services = ["passport"], Shown = true, Breaks = ["12:00-12:30"],
                    Hours = OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["10:00-20:00"]),
                },
            ],
        };

        public SomeCloud Cloud => cloud;

        private FreeSlots Free => new(cloud.Database, cloud.Time);

        private DateOnly Today => branch.Services.First().Calendar.DateAt(cloud.Time.GetUtcNow().ToUnixTimeMilliseconds());

        public static async Task<Office> StartAsync()
        {
            SomeCloud cloud = await SomeCloud.StartAsync();
            var offers = new OfferBook(cloud.Database, cloud.Time);
            DateOnly today = new SlotCalendar(Offer, Offer.Services[0]).DateAt(cloud.Time.GetUtcNow().ToUnixTimeMilliseconds());
            var away = new DayOffer(today.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), []);
            BranchOffer offer = Offer with { Officers = [Offer.Officers[0] with { Exceptions = [away] }, Offer.Officers[1]] };
            Assert.Empty(OfferChecks.FaultsOf(new() { Branches = [offer] }));
            await offers.ApplyAsync(new() { Branches = [offer] }, Cancellation);
            var (sms, mail) = (new SmsSettings(), new MailSettings { Server = "localhost", From = "queue@example.org" });
            var address = new SmsAddress(sms, new CloudSettings());
            var letters = new BookingLetters(cloud.Database, offers, new NoticeOutbox(cloud.Database, mail, cloud.Time), mail, address, cloud.Time);
            var messages = new BookingMessages(new SmsOutbox(cloud.Database, sms, cloud.Time), letters, sms, address, cloud.Time);
            var places = new SlotPlaces(new FreeSlots(cloud.Database, cloud.Time), new OfficerPlaces(cloud.Database));
            var store = new BookingStore(cloud.Database, places, new PersonStore(cloud.Database, [], cloud.Time), messages, new BookingsSettings(), [], cloud.Time);
            return new(cloud, (await offers.FindAsync("demo", Cancellation))!, store);
        }

        public Task<(BookingSecret? Secret, BookingRefusal? Refusal)> HoldAsync(string service, string at, string officer = "") =>
            store.HoldAsync(branch.Service(service)!, At(at), "en", Cancellation, officer: officer);

        public Task<BookingAnswer> BookAsync(string service, BookingSecret secret) =>
            store.BookAsync(branch.Service(service)!, secret, new Customer("Kari", new(null, MailboxAddress.Of("kari@example.org")), ""), Cancellation);

        public Task<BookingAnswer> MoveAsync(string service, BookingSecret secret, string at, string? officer) =>
            store.MoveAsync(branch.Service(service)!, secret, At(at), Cancellation, officer);

        public async Task<int> FreeAsync(string service, string at, string officer = "") =>
            (await Free.DaysAsync(branch.Service(service)!, Today.AddDays(1), 1, Cancellation, officer))[0].Slots.SingleOrDefault(s => s.Slot.StartsAt == At(at))?.Free ?? 0;

        public async Task<string[]> DayAsync(string service, int days) =>
            [.. (await Free.DaysAsync(branch.Service(service)!, Today.AddDays(days), 1, Cancellation))[0].Slots.Select(s => FormattableString.Invariant($"{s.Slot.Local:HH:mm} {s.Free}"))];

        public Task<string[]> HeldAsync() => cloud.Database.ReadAsync(
            async c => (await c.QueryAsync<(string Officer, long StartsAt, long Chosen)>("select officer, starts_at, officer_chosen from booking order by id"))
                .Select(b => FormattableString.Invariant($"{b.Officer} {branch.Services.First().Calendar.LocalAt(b.StartsAt):HH:mm} {b.Chosen}")).ToArray(), Cancellation);

        public async Task<Booking> ToldAsync() => Assert.Single((await new BookingsMessages(
            cloud.Database, new OfferBook(cloud.Database, cloud.Time), cloud.Time).NextAsync(branch.Id, -1, toldBefore: null, Cancellation))!.Bookings);

        public ValueTask DisposeAsync() => cloud.DisposeAsync();

        private static Dictionary<string, string> Said(string name) => new() { ["en"] = name };

        /// <summary>Tomorrow, on the branch's wall.</summary>
        private long At(string time) => branch.Services.First().Calendar.UtcOf(Today.AddDays(1), (int)TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes);
    }
}
