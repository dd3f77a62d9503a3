using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Tests.Node;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Identity;

/// <summary>The branch's authority at the hub: what it gives, renews and revokes.</summary>
public sealed class BranchAuthorityTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private readonly TempFolder folder = new();
    private readonly FakeTime time = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public BranchAuthorityTests()
    {
        using var its = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = BranchCertificates.MakeAuthority("oslo", its);
        File.WriteAllText(folder["authority.crt"], authority.ExportCertificatePem());
        PrivateFile.Write(folder["authority.key"], System.Text.Encoding.ASCII.GetBytes(its.ExportPkcs8PrivateKeyPem()));
    }

    private string Folder => Path.GetDirectoryName(folder["x"])!;

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_authority_whose_key_others_can_read_is_not_used()
    {
        File.SetUnixFileMode(folder["authority.key"], PrivateFile.Owner | UnixFileMode.GroupRead);

        Assert.Contains("can be read by others", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_authority_of_another_branch_is_not_used() =>
        Assert.Contains("branch 'oslo'", Assert.Throws<InvalidDataException>(() => BranchAuthority.Open(Folder, "bergen", Life, time)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_node_gets_a_limited_life_from_2020_on_and_the_key_that_it_made()
    {
        // The test's clock stands in 1970, as a hub's does at its first boot.
        using var authority = Open();
        using var given = X509Certificate2.CreateFromPem(authority.Give("keypad-1", new PublicKey(key)));

        Assert.Equal("CN=keypad-1", given.Subject);
        Assert.Equal(BranchCertificates.ValidFrom.UtcDateTime, given.NotBefore.ToUniversalTime());
        Assert.Equal((BranchCertificates.ValidFrom + Life).UtcDateTime, given.NotAfter.ToUniversalTime());
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), given.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(given.SerialNumber, authority.Register.Find("keypad-1")!.Current!.Serial);
    }

    [Fact]
    public void Only_in_the_last_third_of_its_life_a_certificate_is_renewed()
    {
        time.Advance(TimeSpan.FromDays(366 * 51));
        using var authority = Open();
        authority.Give("keypad-1", new PublicKey(key));
        var renewals = new Renewals(authority, "oslo");

        Assert.Equal("notDue", renewals.Answer("keypad-1", Request("keypad-1"), out _)!.Refusal!.Code);
        time.Advance(Life * 2 / 3);
        var answer = renewals.Answer("keypad-1", Request("keypad-1"), out var refused);

        Assert.Null(refused);
        using var renewed = X509Certificate2.CreateFromPem(answer!.Certificate);
        Assert.Equal("CN=keypad-1", renewed.Subject);
        Assert.Equal("notDue", renewals.Answer("keypad-1", Request("keypad-1"), out _)!.Refusal!.Code);
    }

    [Fact]
    public void A_request_of_another_node_for_another_name_or_key_is_refused()
    {
        time.Advance(TimeSpan.FromDays(366 * 51));
        using var authority = Open();
        authority.Give("keypad-1", new PublicKey(key));
        authority.Give("keypad-2", new PublicKey(key));
        time.Advance(Life * 2 / 3);
        var renewals = new Renewals(authority, "oslo");

        // Recorded from keypad-2, said by keypad-1: the proof is for the other name.
        Assert.Equal("badRequest", renewals.Answer("keypad-1", Request("keypad-2"), out _)!.Refusal!.Code);
        Assert.Equal("unknownNode", renewals.Answer("keypad-9", Request("keypad-9"), out _)!.Refusal!.Code);
        authority.Revoke("keypad-2");
        Assert.Equal("unknownNode", renewals.Answer("keypad-2", Request("keypad-2"), out _)!.Refusal!.Code);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal("badRequest", renewals.Answer("keypad-1", Request("keypad-1", p384), out _)!.Refusal!.Code);
    }

    [Fact]
    public void What_was_given_is_known_after_a_restart_and_each_list_is_later_than_the_one_before()
    {
        using (var authority = Open())
        {
            authority.Give("keypad-1", new PublicKey(key));
            authority.Give("keypad-2", new PublicKey(key));
            Assert.Equal(1, authority.Revoke("keypad-1"));
        }

        var first = List();
        using (var authority = Open())
        {
            Assert.Null(authority.Register.Find("keypad-1")!.Current);
            Assert.NotNull(authority.Register.Find("keypad-2")!.Current);
            Assert.Equal(1, authority.Revoke("keypad-2"));
        }

        var second = List();
        Assert.Equal((1, 2), (first.Serials, second.Serials));
        Assert.True(second.Number > first.Number);
    }

    private BranchAuthority Open() => BranchAuthority.Open(Folder, "oslo", Life, time);

    private (int Serials, long Number) List()
    {
        var list = CertificateRevocationListBuilder.LoadPem(File.ReadAllText(folder["revoked.crl"]), out var number);
        var serials = NodeRegister.Open(Folder).Revoked.ToList();
        Assert.All(serials, s => Assert.True(list.RemoveEntry(Convert.FromHexString(s)), s));
        return (serials.Count, (long)number);
    }

    private byte[] Request(string node, ECDsa? with = null)
    {
        const string id = "00112233445566778899aabbccddeeff";
        var spki = (with ?? key).ExportSubjectPublicKeyInfo();
        return IdentityJson.Write(new RenewalRequest(1, id, Convert.ToBase64String(spki), Convert.ToBase64String((with ?? key).SignData(
            IdentityProof.OfRenewal("oslo", node, id, spki), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))));
    }
}
