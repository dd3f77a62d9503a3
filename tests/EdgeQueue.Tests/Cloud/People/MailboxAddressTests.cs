using EdgeQueue.Cloud.People;

namespace EdgeQueue.Tests.Cloud.People;

public sealed class MailboxAddressTests
{
    [Theory]
    [InlineData("kari@example.org")]
    [InlineData(" kari.nordmann+queue@post.example.no ")]
    [InlineData("o'neil_1!x@a-b.example")]
    [InlineData("a@xn--bcher-kva.example")]
    public void What_people_have_as_address_is_taken(string typed) => Assert.Equal(typed.Trim(), MailboxAddress.Of(typed)?.Text);

    [Theory]
    [InlineData("")]
    [InlineData("kari")]
    [InlineData("@example.org")]
    [InlineData("kari@")]
    [InlineData("kari@localhost")]
    [InlineData("kari@@example.org")]
    [InlineData("kari@a@example.org")]
    [InlineData("kari@example.org, ola@example.org")]
    [InlineData("kari@example.org;ola@example.org")]
    [InlineData("Kari <kari@example.org>")]
    [InlineData("\"kari nordmann\"@example.org")]
    [InlineData("kari@[127.0.0.1]")]
    [InlineData("kari@127.0.0.1")]
    [InlineData(".kari@example.org")]
    [InlineData("kari..n@example.org")]
    [InlineData("kari@-example.org")]
    [InlineData("kari@example..org")]
    [InlineData("kåre@example.org")]
    [InlineData("kari@example.org\r\nBcc: ola@example.org")]
    [InlineData("kari@example.org\n")]
    [InlineData("kari\0@example.org")]
    [InlineData("kari\t@example.org")]
    public void What_is_none_or_could_be_more_than_one_is_not(string typed) => Assert.Null(MailboxAddress.Of(typed));

    [Fact]
    public void It_is_as_long_as_a_path_allows_and_not_longer()
    {
        string local = new('a', 64);
        string domain = string.Join('.', new string('b', 63), new string('c', 63), new string('d', 61));

        Assert.Equal(254, $"{local}@{domain}".Length);
        Assert.NotNull(MailboxAddress.Of($"{local}@{domain}"));
        Assert.Null(MailboxAddress.Of($"{local}@{domain}d"));
        Assert.Null(MailboxAddress.Of($"{local}a@example.org"));
        Assert.Null(MailboxAddress.Of($"a@{new string('b', 64)}.org"));
    }

    [Fact]
    public void A_log_has_its_domain_only() => Assert.Equal("…@example.org", $"{MailboxAddress.Of("kari@Example.ORG")}");

    [Fact]
    public async Task What_is_kept_under_an_address_is_found_and_erased_however_its_letters_are_typed()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var people = new PersonStore(cloud.Database, [], cloud.Time);
        await cloud.Database.WriteAsync(
            async t =>
            {
                await people.AddAsync(t, PersonStore.ForBooking, "Kari", new(null, MailboxAddress.Of("Kari.N@Example.org")), 1_000_000);
                return await people.AddAsync(t, PersonStore.ForBooking, "Ola", new(PhoneNumber.Of("+4791234567"), null), 1_000_000);
            },
            TestContext.Current.CancellationToken);
        Contact typed = Contact.Of("kari.n@example.org")!;

        Assert.Equal("Kari.N@example.org", Assert.Single((await people.OfAsync(typed, TestContext.Current.CancellationToken)).Entries).Mail);
        Assert.Equal(1, await people.EraseAsync(typed, TestContext.Current.CancellationToken));

        Assert.True((await people.OfAsync(typed, TestContext.Current.CancellationToken)).IsNothing);
        Assert.Equal("Ola", Assert.Single((await people.OfAsync(Contact.Of("+4791234567")!, TestContext.Current.CancellationToken)).Entries).Name);
    }
}
