using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Updates;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Updates;

/// <summary>Who may fetch bundles.</summary>
public sealed class NodeDoorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public NodeDoorTests()
    {
        _authority = BranchCertificates.MakeAuthority("oslo", _key);
        File.WriteAllText(_folder["authority.crt"], _authority.ExportCertificatePem());
        Revoke(1);
    }

    private string Folder => Path.GetDirectoryName(_folder["x"])!;

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_node_of_the_branch_may_until_it_is_revoked()
    {
        using var door = new NodeDoor(Folder);
        using X509Certificate2 node = Client(_authority, BranchCertificates.ValidUntil), other = Client(_authority, BranchCertificates.ValidUntil);
        Assert.Null(door.WhyNot(node));

        Revoke(2, node.SerialNumber);
        Assert.Equal("'counter-1': its certificate is revoked", door.WhyNot(node));
        Assert.Null(door.WhyNot(other));
        File.Delete(_folder[BranchCertificates.RevocationListFile]);
        Assert.StartsWith("the list of revoked certificates cannot be read", door.WhyNot(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_else_may()
    {
        using var door = new NodeDoor(Folder);
        using var strangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 stranger = BranchCertificates.MakeAuthority("oslo", strangersKey), strangers = Client(stranger, BranchCertificates.ValidUntil);
        using X509Certificate2 ended = Client(_authority, BranchCertificates.ValidFrom.AddDays(1));
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hub.local");
        using X509Certificate2 broker = BranchCertificates.MakeServer(_authority, "broker", new PublicKey(serverKey), Serial(), names.Build());

        Assert.Equal("it came without a certificate", door.WhyNot(null));
        Assert.Contains("PartialChain", door.WhyNot(strangers), StringComparison.Ordinal);
        Assert.Contains("NotTimeValid", door.WhyNot(ended), StringComparison.Ordinal);
        Assert.Contains("NotValidForUsage", door.WhyNot(broker), StringComparison.Ordinal);
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength);

    private static X509Certificate2 Client(X509Certificate2 authority, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return BranchCertificates.MakeClient(authority, "counter-1", new PublicKey(key), Serial(), until);
    }

    private void Revoke(long number, params string[] serials) => File.WriteAllText(
        _folder[BranchCertificates.RevocationListFile], PemEncoding.WriteString("X509 CRL", BranchCertificates.MakeRevocationList(_authority, serials, number)));
}
