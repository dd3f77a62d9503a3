using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Hub.Updates;
using EdgeQueue.Mqtt;
using EdgeQueue.Tests.Node;
using Microsoft.Extensions.Logging.Abstractions;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Identity;

/// <summary>The certificates of broker, hub, registrar, desk for updates and watch, which the registrar renews.</summary>
public sealed class BesideCertificatesTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(300);
    private static readonly DateTimeOffset Today = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FakeTime time = new();
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public BesideCertificatesTests()
    {
        authority = BranchCertificates.MakeAuthority("oslo", authorityKey);
        time.Advance(Today - time.GetUtcNow());
    }

    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_has_less_than_a_third_of_its_life_left_is_renewed_for_the_same_key_and_the_rest_is_left_alone()
    {
        byte[] broker = Make("broker", Today.AddDays(99)), hub = Make("hub", Today.AddDays(99));
        Make("watch", Today.AddDays(101));
        string watch = File.ReadAllText(folder["watch.crt"]);

        IReadOnlyList<BesideCertificate> renewed = Certificates().RenewDue();

        Assert.Equal([new("broker", Today + Life), new("hub", Today + Life)], renewed);
        Assert.Equal(watch, File.ReadAllText(folder["watch.crt"]));
        using X509Certificate2 again = Read("broker"), hubAgain = Read("hub");
        Assert.Equal(broker, again.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(hub, hubAgain.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal("CN=broker", again.Subject);
        Assert.Equal(["hub.local"], again.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Equal("1.3.6.1.5.5.7.3.1", again.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.Equal("1.3.6.1.5.5.7.3.2", hubAgain.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.Empty(Certificates().RenewDue());
    }

    [Fact]
    public void The_desk_for_updates_stays_a_client_and_a_server_and_serves_with_the_new_one_at_once()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(folder["updates.key"], key.ExportPkcs8PrivateKeyPem());
        using (X509Certificate2 made = BranchCertificates.MakeClientAndServer(
            authority, "updates", new PublicKey(key), RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), Today.AddDays(99)))
        {
            File.WriteAllText(folder["updates.crt"], made.ExportCertificatePem());
        }

        var serves = new ServerCertificate(folder["updates"]);
        string before = serves.Now().SerialNumber;
        Assert.Same(serves.Now(), serves.Now());
        Assert.Equal("updates", Assert.Single(Certificates().RenewDue()).Name);

        X509Certificate2 now = serves.Now();
        Assert.NotEqual(before, now.SerialNumber);
        Assert.True(now.HasPrivateKey);
        Assert.Equal(
            ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"], now.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(u => u.Value!));
        File.WriteAllText(folder["updates.crt"], "rubbish");
        Assert.Same(now, serves.Now());
    }

    [Fact]
    public void What_has_ended_while_the_hub_was_switched_off_is_renewed_when_it_is_back()
    {
        Make("broker", Today.AddDays(-200));

        Assert.Equal("broker", Assert.Single(Certificates().RenewDue()).Name);
    }

    [Fact]
    public void A_clock_that_was_not_set_yet_renews_nothing()
    {
        Make("broker", Today.AddDays(99));
        var unset = new FakeTime();

        Assert.Empty(new BesideCertificates(Folder, authority, Life, unset).RenewDue());
    }

    [Fact]
    public void Near_the_end_of_the_authority_nothing_is_renewed_again_and_again()
    {
        Make("broker", BranchCertificates.ValidUntil);
        var late = new FakeTime();
        late.Advance(BranchCertificates.ValidUntil.AddDays(-10) - late.GetUtcNow());

        Assert.Empty(new BesideCertificates(Folder, authority, Life, late).RenewDue());
    }

    [Fact]
    public void A_certificate_of_another_authority_and_rubbish_are_not_signed()
    {
        using var strangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 stranger = BranchCertificates.MakeAuthority("oslo", strangersKey);
        Make("hub", Today.AddDays(1), stranger);
        File.WriteAllText(folder["watch.crt"], "rubbish");
        string before = File.ReadAllText(folder["hub.crt"]);

        Assert.Empty(Certificates().RenewDue());
        Assert.Empty(Certificates().All());
        Assert.Equal(before, File.ReadAllText(folder["hub.crt"]));
    }

    [Fact]
    public void A_hub_whose_file_is_another_connects_anew_once()
    {
        Make("hub", Today.AddDays(1));
        var connection = new CountedConnection();
        var own = new OwnCertificate(folder["hub.crt"], connection, NullLogger.Instance, time);

        own.Look();
        Assert.Equal(0, connection.Reconnects);
        Certificates().RenewDue();
        own.Look();
        own.Look();
        File.Delete(folder["hub.crt"]);
        own.Look();

        Assert.Equal(1, connection.Reconnects);
    }

    private string Folder => Path.GetDirectoryName(folder["x"])!;

    private BesideCertificates Certificates() => new(Folder, authority, Life, time);

    private X509Certificate2 Read(string name) => X509CertificateLoader.LoadCertificateFromFile(folder[name + ".crt"]);

    /// <returns>Its public key.</returns>
    private byte[] Make(string name, DateTimeOffset until, X509Certificate2? by = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] serial = RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hub.local");
        using X509Certificate2 made = name == "broker"
            ? BranchCertificates.MakeServer(by ?? authority, name, new PublicKey(key), serial, names.Build(), until)
            : BranchCertificates.MakeClient(by ?? authority, name, new PublicKey(key), serial, until);
        File.WriteAllText(folder[name + ".crt"], made.ExportCertificatePem());
        return made.PublicKey.ExportSubjectPublicKeyInfo();
    }

    private sealed class CountedConnection : IMqttConnection
    {
        public int Reconnects { get; private set; }

        public MqttStatus Status => new(true, null, 1);

        public ChannelReader<MqttArrival> Arrivals => Channel.CreateUnbounded<MqttArrival>().Reader;

        public Task RunAsync(CancellationToken cancellation) => Task.CompletedTask;

        public void Reconnect() => Reconnects++;

        public Task<PublishOutcome> PublishAsync(MqttPublication publication) => Task.FromResult(PublishOutcome.Accepted);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
