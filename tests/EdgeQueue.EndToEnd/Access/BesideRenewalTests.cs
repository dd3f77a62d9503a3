using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>The broker's and the hub's own certificates are renewed while people press keys, and nobody is cut off.</summary>
public sealed class BesideRenewalTests
{
    [Fact]
    public async Task The_broker_shows_its_new_certificate_without_cutting_anybody_and_the_hub_connects_with_its_own()
    {
        // Less than a third of ten minutes is left: the registrar renews as soon as it runs, however slow this machine is.
        DateTimeOffset end = DateTimeOffset.UtcNow.AddMinutes(3);
        Broker broker = await Broker.StartAsync(until: end);
        _ = (broker.Tls("hub", end), broker.Tls("registrar", end));
        await using HubUnderTest hub = await HubUnderTest.StartAsync(broker: broker);
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await using Link node = await Link.UpAsync(broker.Options("desk-1"));
        X509Certificate2 before = await ShownAsync(broker);
        Assert.True(before.NotAfter.ToUniversalTime() < end.UtcDateTime.AddSeconds(2), $"{before.NotAfter:O}");

        // When: people press while it happens.
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync(hub, life: "0.00:10:00");
        int tickets = 0;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!hub.Log.Contains("the certificate of this program is another one", StringComparison.Ordinal))
        {
            Assert.Null((await door.TicketAsync()).Refusal);
            tickets++;
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Null((await door.TicketAsync()).Refusal);

        // Then: the broker's is a new one for the same key, nobody's connection was cut, and new ones are let in.
        await Eventually.IsAsync(async () => (await ShownAsync(broker)).NotAfter > before.NotAfter, "the broker shows its new certificate");
        X509Certificate2 after = await ShownAsync(broker);
        Assert.Equal(before.PublicKey.ExportSubjectPublicKeyInfo(), after.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(1, node.Connection.Status.Generation);
        Assert.DoesNotContain("SSL_CTX", broker.Log, StringComparison.Ordinal);
        await using Link late = await Link.UpAsync(broker.Options("desk-2"));
        foreach (string name in (string[])["broker", "hub", "registrar"])
        {
            Assert.Contains($"the certificate of '{name}' is renewed", registrar.Log, StringComparison.Ordinal);
        }

        await Eventually.Is(() => registrar.Log.Split("connected to the broker").Length > 2, "the registrar connects anew");
        (int code, string said) = await registrar.TypeAsync("nodes");
        Assert.Equal(0, code);
        Assert.Contains("broker  ", said, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tickets} tickets meanwhile, each answered");
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_branch_whose_certificates_live_for_half_a_minute_serves_for_two()
    {
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(30);
        Broker broker = await Broker.StartAsync(until: end);
        _ = (broker.Tls("hub", end), broker.Tls("registrar", end));
        await using HubUnderTest hub = await HubUnderTest.StartAsync(broker: broker);
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync(hub, life: "0.00:00:30");
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await using Link node = await Link.UpAsync(broker.Options("desk-1"));

        int tickets = 0;
        // A service has 999 numbers a day.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(2);)
        {
            Assert.Null((await door.TicketAsync()).Refusal);
            tickets++;
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        // Long after the first ones have ended: nobody was cut, and whoever comes new is let in.
        Assert.True(DateTimeOffset.UtcNow > end.AddMinutes(1));
        Assert.Equal(1, node.Connection.Status.Generation);
        await using Link late = await Link.UpAsync(broker.Options("desk-2"));
        Assert.True(hub.Log.Split("the certificate of this program is another one").Length > 4, hub.Log);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tickets} tickets, each answered");
    }

    /// <summary>What the broker shows to whoever comes.</summary>
    private static async Task<X509Certificate2> ShownAsync(Broker broker)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(broker.Host, broker.Port, TestContext.Current.CancellationToken);
        X509Certificate2? shown = null;
        MqttTls tls = broker.Tls("watch");
        using var own = X509Certificate2.CreateFromPemFile(tls.CertificateFile!, tls.KeyFile!);
        await using var stream = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) =>
        {
            shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
            return true;
        });
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = broker.Host, ClientCertificates = [own] }, TestContext.Current.CancellationToken);
        return shown!;
    }
}
