using System.Data.Common;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Tests.Cloud.Accounts;

public sealed class AccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_password_is_kept_with_a_salt_of_its_own_and_fits_only_itself()
    {
        string kept = Passwords.Hash("correct horse battery");

        Assert.StartsWith("pbkdf2-sha256$600000$", kept, StringComparison.Ordinal);
        Assert.NotEqual(kept, Passwords.Hash("correct horse battery"));
        Assert.True(Passwords.Fits("correct horse battery", kept));
        Assert.False(Passwords.Fits("correct horse batterY", kept));
        Assert.False(Passwords.Fits("", ""));
        Assert.False(Passwords.Fits("anything at all", null));
    }

    /// <summary>Known answer of PBKDF2-HMAC-SHA256: password "password", salt "salt", 4,096 rounds (a widely published extension of RFC 6070 to SHA-256).</summary>
    [Fact]
    public void The_hash_is_that_of_the_published_vector() => Assert.True(Passwords.Fits(
        "password", $"pbkdf2-sha256$4096${Convert.ToBase64String("salt"u8)}${Convert.ToBase64String(Convert.FromHexString("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"))}"));

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "too few different")]
    [InlineData("I am Lise and this is it", "has the account's name")]
    [InlineData("a few plain words", null)]
    public void A_poor_password_is_refused_with_a_sentence(string password, string? says)
    {
        string? fault = Passwords.FaultOf(password, "lise");
        Assert.Equal(says is null, fault is null);
        Assert.Contains(says ?? "", fault ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_is_made_can_be_used() =>
        Assert.All(Enumerable.Range(0, 50).Select(_ => Passwords.Make()), p => Assert.Null(Passwords.FaultOf(p, "lise")));

    [Theory]
    [InlineData("/network?q=a%20b", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/a\r\nSet-Cookie: x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void After_signing_in_nobody_is_sent_elsewhere(string? to, bool taken) => Assert.Equal(taken ? to : null, LocalPath.Of(to));

    [Fact]
    public void A_region_sees_its_branches_a_manager_theirs_and_nobody_those_without_a_region()
    {
        var region = new VisibleBranches(["North", ""], []);
        var manager = new VisibleBranches([], [7]);

        Assert.Equal((true, false, false), (region.Has(1, "North"), region.Has(1, "South"), region.Has(1, "")));
        Assert.Equal((true, false), (manager.Has(7, ""), manager.Has(8, "North")));
        Assert.True(VisibleBranches.All.Has(9, ""));
        Assert.Equal(new VisibleBranches(["b", "a"], [2, 1]).Key, new VisibleBranches(["a", "b"], [1, 2]).Key);
        Assert.Equal(4, new[] { region.Key, manager.Key, VisibleBranches.All.Key, new VisibleBranches([], []).Key }.Distinct().Count());
    }

    [Fact]
    public async Task The_last_account_of_head_office_can_be_neither_disabled_nor_made_smaller()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var accounts = new AccountStore(cloud.Database, cloud.Time);
        long first = await SignInThrottleTests.AccountAsync(cloud, "first");
        long second = await SignInThrottleTests.AccountAsync(cloud, "second");

        Assert.Null(await accounts.ChangeAsync(first, Roles.HeadOffice, true, [], [], Cancellation));
        Assert.NotNull(await accounts.ChangeAsync(second, Roles.HeadOffice, true, [], [], Cancellation));
        Assert.NotNull(await accounts.ChangeAsync(second, Roles.Auditor, false, [], [], Cancellation));
        Assert.Equal("head-office", (await accounts.FindAsync("second", Cancellation))!.Role);
    }

    [Fact]
    public async Task An_account_that_is_there_or_wants_an_unknown_branch_is_refused_and_nothing_is_left()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var accounts = new AccountStore(cloud.Database, cloud.Time);
        await SignInThrottleTests.AccountAsync(cloud);

        Assert.Contains("already", (await accounts.AddAsync("lise", Roles.Region, "", [], [], Cancellation)).Fault!.Sentence, StringComparison.Ordinal);
        Assert.Contains("no branch 'nowhere'", (await accounts.AddAsync("per", Roles.BranchManager, "", [], ["nowhere"], Cancellation)).Fault!.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, await SignInThrottleTests.CountAsync(cloud, "select count(*) from account"));
    }

    [Fact]
    public async Task A_link_to_choose_a_password_works_once_and_only_for_its_time()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var accounts = new AccountStore(cloud.Database, cloud.Time);
        long id = await SignInThrottleTests.AccountAsync(cloud);
        Secret older = await accounts.LinkAsync(id, TimeSpan.FromHours(1), Cancellation);
        Secret link = await accounts.LinkAsync(id, TimeSpan.FromHours(1), Cancellation);

        Assert.Null(await accounts.OfLinkAsync(older, Cancellation));
        Assert.Equal(id, (await accounts.ChooseAsync(link, "kept", Cancellation))?.Id);
        Assert.Null(await accounts.ChooseAsync(link, "again", Cancellation));
        Assert.Equal("kept", (await accounts.FindAsync(id, Cancellation))!.Password);

        Secret late = await accounts.LinkAsync(id, TimeSpan.FromHours(1), Cancellation);
        cloud.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await accounts.OfLinkAsync(late, Cancellation));
    }

    [Fact]
    public async Task The_database_refuses_to_change_or_to_delete_what_was_written_down()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        await new AuditTrail(cloud.Database, cloud.Time).NoteAsync(Actor.Server, Deeds.Changed, "something\0else", Cancellation);
        foreach (string statement in new[] { "update audit set what = 'nothing'", "delete from audit" })
        {
            DbException fault = await Assert.ThrowsAnyAsync<DbException>(() => cloud.Database.WriteAsync(
                async t =>
                {
                    await using DbCommand command = t.Connection!.CreateCommand();
                    (command.CommandText, command.Transaction) = (statement, t);
                    return await command.ExecuteNonQueryAsync(Cancellation);
                },
                Cancellation));
            Assert.Contains("only added to", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await SignInThrottleTests.CountAsync(cloud, "select count(*) from audit where what = 'changed' and subject = 'somethingelse'"));
    }

    [Fact]
    public void A_role_is_written_in_one_word_and_read_again() =>
        Assert.All(RoleWords.Every, r => Assert.Equal(r.Role, RoleWords.Of(RoleWords.Word(r.Role))));
}
