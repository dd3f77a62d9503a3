using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Doctor;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Identity;

/// <summary>Files that somebody mixed up are told in a sentence by whoever reads them.</summary>
public sealed class CertificateWithKeyTests : IDisposable
{
    private readonly TempFolder folder = new();

    public CertificateWithKeyTests()
    {
        foreach (string name in (string[])["one", "other"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 made = BranchCertificates.MakeAuthority(name, key);
            File.WriteAllText(folder[name + ".crt"], made.ExportCertificatePem());
            File.WriteAllText(folder[name + ".key"], key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(folder["rubbish.crt"], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        File.WriteAllText(folder["chain.crt"], File.ReadAllText(folder["one.crt"]) + "\n" + File.ReadAllText(folder["rubbish.crt"]));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_belongs_together_is_read_and_what_does_not_is_told()
    {
        using (X509Certificate2 one = CertificateWithKey.Read(folder["one.crt"], folder["one.key"]))
        {
            Assert.True(one.HasPrivateKey);
        }

        Assert.Equal(
            $"The key in {folder["other.key"]} is not that of the certificate in {folder["one.crt"]}.",
            Assert.Throws<CryptographicException>(() => CertificateWithKey.Read(folder["one.crt"], folder["other.key"])).Message);
        Assert.Throws<CryptographicException>(() => CertificateWithKey.Read(folder["rubbish.crt"], folder["one.key"]));
        Assert.Throws<FileNotFoundException>(() => CertificateWithKey.Read(folder["none.crt"], folder["one.key"]));
    }

    [Fact]
    public void The_doctor_says_it()
    {
        var node = new NodeFile
        {
            V = 1, Branch = "demo", Node = "counter-1", State = folder["state"], Unit = new UnitConfiguration { Unit = "keypad" },
            Broker = new BrokerConfiguration("localhost", 8883, folder["one.crt"], folder["one.crt"], folder["other.key"]),
        };

        Finding found = CertificateCheck.Of(node, DateTimeOffset.UnixEpoch);

        Assert.Equal(Health.Broken, found.Health);
        Assert.Contains("is not that of the certificate in", found.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one.crt", "one.key", null)]
    [InlineData("one.crt", "other.key", "is not that of the certificate in")]
    [InlineData("one.crt", "none.key", "none.key")]
    [InlineData("chain.crt", "one.key", "malformed")]
    public void The_clouds_settings_are_refused_with_it(string certificate, string key, string? fault)
    {
        var faults = new SettingFaults();

        new CloudSettings { Listen = "https://127.0.0.1:8443", Certificate = folder[certificate], CertificateKey = folder[key] }.Check(faults);

        string[] said = [.. faults.Sentences.Where(s => s.StartsWith("certificate: ", StringComparison.Ordinal))];
        Assert.Equal(fault is null ? 0 : 1, said.Length);
        Assert.All(said, sentence => Assert.Contains(fault!, sentence, StringComparison.Ordinal));
    }
}
