using System.Text;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Cloud.Ingest;

/// <summary>The key of the hash is kept by this cloud, so the hash is as good as the number.</summary>
public sealed class PhoneHashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_booking_is_stored_without_the_keyed_hash_of_its_number_and_is_the_same_otherwise()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        string hash = new('5', 64);
        var placed = new BookingPlaced(new Booking("1234567", "general", 1_795_510_800_000, PhoneHash: hash), default);
        byte[] bytes = EventJson.Write(placed);
        Assert.Contains(hash, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        await new EventStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time, []).StoreAsync([new("oslo", new EventBatch("j", 1, 1, [], [bytes]))], Cancellation);

        string stored = (await cloud.Database.ReadAsync(c => c.QuerySingleAsync<string>("select data from event"), Cancellation))!;
        Assert.DoesNotContain(hash, stored, StringComparison.Ordinal);
        Assert.Equal(placed with { Booking = placed.Booking with { PhoneHash = null } }, EventJson.Read(EventJson.NameOf(EventJson.TypeOf(placed))!, Encoding.UTF8.GetBytes(stored)));
    }
}
