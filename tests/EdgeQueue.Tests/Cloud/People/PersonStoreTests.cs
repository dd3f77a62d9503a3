using EdgeQueue.Cloud.People;

namespace EdgeQueue.Tests.Cloud.People;

public sealed class PersonStoreTests
{
    [Fact]
    public async Task All_that_is_kept_about_a_number_is_given_out_however_much_it_is()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var people = new PersonStore(cloud.Database, cloud.Time);
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

        Assert.Equal(130, (await people.OfAsync(phone, TestContext.Current.CancellationToken)).Count);
    }
}
