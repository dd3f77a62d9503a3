using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.EndToEnd.Mqtt;

public sealed class CertificatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-certificates-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_node_that_is_added_later_connects_to_the_same_broker()
    {
        await using Broker broker = await Broker.StartAsync();
        await using Link first = await Link.UpAsync(broker.Options("keypad-1"));

        // A new object over the same folder: what the command does when it is run again.
        var again = new CertificatesAuthority(broker.Certificates);
        Assert.False(again.EnsureAuthority(Broker.Branch));
        Assert.True(again.EnsureClient("keypad-9"));

        await using Link added = await Link.UpAsync(broker.Options("keypad-9"));
        Assert.True(first.Connection.Status.Connected);
    }

    [Fact]
    public void What_is_there_is_kept_byte_for_byte()
    {
        var authority = new CertificatesAuthority(_folder.FullName);
        Make(authority);
        Dictionary<string, byte[]> before = Files();

        Assert.Equal((false, false, false), Make(authority));

        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_key_can_be_read_by_its_owner_only()
    {
        Make(new CertificatesAuthority(_folder.FullName));

        Assert.All(
            _folder.GetFiles("*.key"),
            key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode));
        Assert.Equal(3, _folder.GetFiles("*.key").Length);
        Assert.Equal(3, _folder.GetFiles("*.crt").Length);
    }

    [Fact]
    public void Without_its_key_the_authority_is_not_made_anew()
    {
        var authority = new CertificatesAuthority(_folder.FullName);
        Make(authority);
        File.Delete(authority.KeyPath(CertificatesAuthority.Authority));
        Dictionary<string, byte[]> before = Files();

        Assert.True(authority.KeyIsElsewhere());
        Assert.Throws<InvalidOperationException>(() => authority.EnsureAuthority("oslo"));

        Assert.Equal(before, Files());
    }

    [Fact]
    public void The_branch_and_the_brokers_hosts_can_be_read_back()
    {
        var authority = new CertificatesAuthority(_folder.FullName);
        Assert.Null(authority.Branch());
        Make(authority);

        Assert.Equal("oslo", authority.Branch());
        Assert.Equal(["localhost", "hub.local", "127.0.0.1", "::1", "10.0.0.5"], authority.BrokerHosts());
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("watch")]
    [InlineData("broker")]
    [InlineData("authority")]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("Keypad")]
    [InlineData("")]
    public void A_name_that_would_reach_beyond_one_node_is_refused(string name) =>
        Assert.NotNull(CertificatesAuthority.WhyNotNode(name));

    private static (bool, bool, bool) Make(CertificatesAuthority authority) =>
        (authority.EnsureAuthority("oslo"), authority.EnsureBroker(["hub.local", "10.0.0.5"]), authority.EnsureClient("keypad-1"));

    private Dictionary<string, byte[]> Files() => _folder.GetFiles().ToDictionary(f => f.Name, f => File.ReadAllBytes(f.FullName));
}
