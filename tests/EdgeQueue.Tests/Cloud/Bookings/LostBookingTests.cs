using Dapper;
using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Bookings;

/// <summary>What a branch holds is nobody else's, also when the cloud has forgotten it.</summary>
public sealed class LostBookingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 2, 0)]
    public async Task The_place_of_one_that_this_database_has_lost_is_taken_again_unless_bookings_come_from_elsewhere_too(bool beside, int free, int after)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (OfferedService service, Slot slot) = await OfferAsync(cloud, beside);
        var lost = new LostBookings(cloud.Time);
        Assert.Equal(2, await FreeAsync(cloud, service, slot));

        await SayAsync(cloud, lost, new BookingPlaced(new("7654321", "passport", slot.StartsAt, PhoneHash: "secret", Language: "nb"), default));
        // Told again it is the same one.
        await SayAsync(cloud, lost, new BookingPlaced(new("7654321", "passport", slot.StartsAt, PhoneHash: "secret", Language: "nb"), default));
        Assert.Equal(free, await FreeAsync(cloud, service, slot));
        Assert.Equal(beside ? [] : ["7654321 booked 0 nb  "], await RowsAsync(cloud));

        await SayAsync(cloud, lost, new BookingPlaced(new("1111111", "passport", slot.StartsAt), default), new BookingPlaced(new("2222222", "passport", slot.StartsAt), default));
        Assert.Equal(beside ? 2 : after, await FreeAsync(cloud, service, slot));
    }

    [Fact]
    public async Task One_that_was_moved_or_taken_back_before_it_was_lost_has_its_last_place_or_none_and_who_came_is_counted()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (OfferedService service, Slot slot) = await OfferAsync(cloud, beside: false);
        Slot later = service.Calendar.Of(service.Calendar.DateAt(slot.StartsAt)).First(s => s.StartsAt > slot.StartsAt);
        var lost = new LostBookings(cloud.Time);

        await SayAsync(cloud, lost, new BookingPlaced(new("1111111", "passport", slot.StartsAt), default), new BookingPlaced(new("1111111", "passport", later.StartsAt), default));
        Assert.Equal((2, 1), (await FreeAsync(cloud, service, slot), await FreeAsync(cloud, service, later)));

        await SayAsync(cloud, new BookingOutcomes(cloud.Time), new BookingCheckedIn("1111111", 3, default, default!, default));
        Assert.Equal(["1111111 arrived 0   "], await RowsAsync(cloud));

        await SayAsync(cloud, lost, new BookingPlaced(new("2222222", "passport", slot.StartsAt), default), new BookingWithdrawn("2222222", default));
        Assert.Equal(2, await FreeAsync(cloud, service, slot));
        Assert.Equal(["1111111 arrived 0   ", "2222222 cancelled 0   "], await RowsAsync(cloud));
    }

    [Fact]
    public async Task What_the_database_knows_or_is_over_is_left_alone()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (OfferedService service, Slot slot) = await OfferAsync(cloud, beside: false);
        await cloud.Database.WriteAsync(
            t => t.Connection!.ExecuteAsync(
                """
                insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at)
                values (@BranchId, '1111111', 'passport', @StartsAt, @EndsAt, 1, 'cancelled', 0, 'en', 'l', 't', '', 0, 5, 0, 0)
                """, new { service.BranchId, slot.StartsAt, slot.EndsAt }, t), Cancellation);

        await SayAsync(
            cloud, new LostBookings(cloud.Time), new BookingPlaced(new("1111111", "passport", slot.StartsAt), default), new BookingWithdrawn("1111111", default),
            new BookingPlaced(new("2222222", "passport", 1), default), new BookingPlaced(new("3333333", "no such", slot.StartsAt), default));

        Assert.Equal(["1111111 cancelled 5 en  "], await RowsAsync(cloud));
        Assert.Equal(2, await FreeAsync(cloud, service, slot));
    }

    private static async Task<(OfferedService Service, Slot Slot)> OfferAsync(SomeCloud cloud, bool beside)
    {
        var offers = new OfferBook(cloud.Database, cloud.Time);
        await offers.ApplyAsync(
            new()
            {
                Branches =
                [
                    new()
                    {
                        Revision = 1, Branch = "demo", Languages = ["en"], TimeZone = "Europe/Oslo", Name = Said("The service centre"), Beside = beside,
                        Hours = OfferChecks.Weekdays.ToDictionary(d => d, _ => (IReadOnlyList<string>)["09:00-15:00"]),
                        Services = [new() { Service = "passport", Minutes = 30, Capacity = 2, Name = Said("Passports"), NoticeMinutes = 0 }],
                    },
                ],
            }, Cancellation);
        OfferedService service = (await offers.FindAsync("demo", Cancellation))!.Service("passport")!;
        DateOnly day = service.Calendar.DateAt(cloud.Time.GetUtcNow().ToUnixTimeMilliseconds()).AddDays(5);
        return (service, service.Calendar.Of(day).First());
    }

    private static async Task<int> FreeAsync(SomeCloud cloud, OfferedService service, Slot slot) =>
        (await new FreeSlots(cloud.Database, cloud.Time).DaysAsync(service, service.Calendar.DateAt(slot.StartsAt), 1, Cancellation)).Single().Slots.Single(s => s.Slot.StartsAt == slot.StartsAt).Free;

    private static Task<bool> SayAsync(SomeCloud cloud, IEventFollower follower, params Event[] events) => cloud.Database.WriteAsync(
        async t =>
        {
            long branch = await t.Connection!.ExecuteScalarAsync<long>("select id from branch where name = 'demo'", transaction: t);
            await follower.FollowAsync(t, [.. events.Select((e, i) => new StoredEvent(branch, "demo", "j", i + 1, 0, "", e, 0))]);
            return true;
        },
        Cancellation);

    private static Task<IReadOnlyList<string>> RowsAsync(SomeCloud cloud) => cloud.Database.ReadAsync<IReadOnlyList<string>>(
        async c => [.. await c.QueryAsync<string>("select number || ' ' || state || ' ' || version || ' ' || language || ' ' || coalesce(person, '') || ' ' || phone_hash from booking order by number")], Cancellation);

    private static Dictionary<string, string> Said(string name) => new() { ["en"] = name };
}
