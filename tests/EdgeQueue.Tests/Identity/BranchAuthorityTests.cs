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
        Assert.Null(renewals.Answer("keypad-1", Has(renewed.SerialNumber), out refused));
        Assert.Null(refused);
        Assert.Equal("notDue", renewals.Answer("keypad-1", Request("keypad-1"), out _)!.Refusal!.Code);
    }

    [Fact]
    public void A_node_whose_answers_are_lost_gets_another_as_long_as_its_old_certificate_lives()
    {
        time.Advance(TimeSpan.FromDays(366 * 51));
        using var authority = Open();
        using var first = X509Certificate2.CreateFromPem(authority.Give("keypad-1", new PublicKey(key)));
        var renewals = new Renewals(authority, "oslo");
        time.Advance(Life * 2 / 3);

        // When: it asks every hour, and hears nothing.
        List<string> given = [];
        HashSet<string> refused = [];
        for (var hour = 0; hour < 24 * 10; hour++)
        {
            var answer = renewals.Answer("keypad-1", Request("keypad-1"), out _)!;
            if (answer.Certificate is null)
            {
                refused.Add(answer.Refusal!.Code);
            }
            else
            {
                given.Add(answer.Certificate);
            }

            time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(first.SerialNumber, authority.Register.Find("keypad-1")!.InUse!.Serial);
        }

        // Then: three at once and one in each twelfth of those ten days; the last one comes as its old one ends.
        Assert.Equal((14, "notYet"), (given.Count, Assert.Single(refused)));
        using var last = X509Certificate2.CreateFromPem(given[^1]);
        Assert.Null(renewals.Answer("keypad-1", Has(last.SerialNumber), out _));
        Assert.Equal(last.SerialNumber, authority.Register.Find("keypad-1")!.InUse!.Serial);
        Assert.Equal(15, authority.Revoke("keypad-1"));
    }

    [Fact]
    public void A_node_that_says_to_have_what_it_was_not_given_changes_nothing()
    {
        using var authority = Open();
        using var given = X509Certificate2.CreateFromPem(authority.Give("keypad-1", new PublicKey(key)));

        Assert.Null(new Renewals(authority, "oslo").Answer("keypad-1", Has("00FF"), out var refused));
        Assert.NotNull(refused);
        Assert.Equal(given.SerialNumber, authority.Register.Find("keypad-1")!.InUse!.Serial);
    }

    [Fact]
    public void A_clock_that_is_years_ahead_for_a_while_forgets_neither_what_is_revoked_nor_what_can_be()
    {
        time.Advance(TimeSpan.FromDays(366 * 51));
        using var authority = Open();
        using var stolen = X509Certificate2.CreateFromPem(authority.Give("keypad-1", new PublicKey(key)));
        authority.Revoke("keypad-1");
        using var replaced = X509Certificate2.CreateFromPem(authority.Give("keypad-1", new PublicKey(key)));
        time.Advance(TimeSpan.FromDays(800));
        authority.Give("keypad-1", new PublicKey(key));

        Assert.Contains(stolen.SerialNumber, authority.Register.Revoked);
        Assert.Equal(2, authority.Revoke("keypad-1"));
        Assert.Contains(replaced.SerialNumber, authority.Register.Revoked);
        Assert.Equal(3, List().Serials);
    }

    [Fact]
    public void What_has_ended_leaves_the_register_when_a_node_has_had_sixteen()
    {
        time.Advance(TimeSpan.FromDays(366 * 51));
        using var authority = Open();
        for (var i = 0; i < 2 * NodeRegister.MostCertificates; i++)
        {
            authority.Give("keypad-1", new PublicKey(key));
            time.Advance(Life);
        }

        Assert.Equal(NodeRegister.MostCertificates, authority.Register.Find("keypad-1")!.Certificates.Count);
    }

    [Fact]
    public void A_register_of_two_thousand_names_says_that_it_is_full()
    {
        Assert.False(Of(NodeRegister.MostNodes - 1).IsFull);
        Assert.True(Of(NodeRegister.MostNodes).IsFull);

        NodeRegister Of(int names)
        {
            PrivateFile.Write(folder["identities.json"], System.Text.Encoding.ASCII.GetBytes(
                $$"""{"v":1,"lists":1,"nodes":[{{string.Join(',', Enumerable.Range(0, names).Select(n => $$"""{"name":"n{{n}}","certificates":[]}"""))}}]}"""));
            return NodeRegister.Open(Folder);
        }
    }

    [Fact]
    public void A_certificate_that_was_made_by_hand_is_known_until_it_is_revoked()
    {
        using var authority = Open();
        Assert.False(authority.HasByHand("keypad-1"));
        using (var made = BranchCertificates.MakeClient(
            authority.Certificate, "keypad-1", new PublicKey(key), RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), BranchCertificates.ValidFrom + Life))
        {
            File.WriteAllText(folder["keypad-1.crt"], made.ExportCertificatePem());
        }

        Assert.True(authority.HasByHand("keypad-1"));
        Assert.Equal(1, authority.Revoke("keypad-1"));
        Assert.False(authority.HasByHand("keypad-1"));
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

    private static byte[] Has(string serial) =>
        IdentityJson.Write(new RenewalRequest(1, "00112233445566778899aabbccddeeff", "", "", serial));

    private byte[] Request(string node, ECDsa? with = null)
    {
        const string id = "00112233445566778899aabbccddeeff";
        var spki = (with ?? key).ExportSubjectPublicKeyInfo();
        return IdentityJson.Write(new RenewalRequest(1, id, Convert.ToBase64String(spki), Convert.ToBase64String((with ?? key).SignData(
            IdentityProof.OfRenewal("oslo", node, id, spki), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))));
    }
}
