using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The cloud with a certificate of its own, as a phone sees it that knows the root only.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-https-");
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _between;
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public HttpsTests()
    {
        CertificateRequest root = Authority("CN=a root", _rootKey), between = Authority("CN=between", _betweenKey);
        _root = root.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        using X509Certificate2 signed = between.Create(_root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(8), [1]);
        _between = signed.CopyWithPrivateKey(_betweenKey);
    }

    private string Certificate => Path.Combine(_folder.FullName, "fullchain.pem");

    private string Key => Path.Combine(_folder.FullName, "privkey.pem");

    public void Dispose()
    {
        _root.Dispose();
        _between.Dispose();
        _rootKey.Dispose();
        _betweenKey.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_whole_chain_is_sent_and_a_renewed_certificate_is_there_without_a_restart()
    {
        Renew(serial: 7);
        int port = FreePorts.Take(1)[0];
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: new Dictionary<string, string>
        {
            ["listen"] = $"https://127.0.0.1:{port}", ["certificate"] = Certificate, ["certificateKey"] = Key,
        });
        Assert.Equal("07", await SeenAsync(port));

        // What cannot be used leaves the one before in place.
        File.WriteAllText(Certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        await Eventually.IsAsync(
            async () => await SeenAsync(port) == "07" && cloud.Log.Contains("the certificate for https stays the one before", StringComparison.Ordinal), "rubbish is told and not used", 30);
        Renew(serial: 8);
        await Eventually.IsAsync(async () => await SeenAsync(port) == "08", "the new certificate is served", 30);
        Assert.Contains("the certificate for https is a new one", cloud.Log, StringComparison.Ordinal);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request;
    }

    private void Renew(byte serial)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("queue.example.org");
        var request = new CertificateRequest("CN=queue.example.org", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 own = request.Create(_between, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(7), [serial]);
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, own.ExportCertificatePem() + "\n" + _between.ExportCertificatePem() + "\n");
    }

    /// <summary>The serial number of a certificate that a client who knows only the root accepts.</summary>
    private async Task<string> SeenAsync(int port)
    {
        using var socket = new TcpClient("127.0.0.1", port);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "queue.example.org",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _root }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
            },
        });
        return tls.RemoteCertificate!.GetSerialNumberString();
    }
}
