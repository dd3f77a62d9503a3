using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>
/// What is in a branch's certificates: its authority, the broker's, those of hub and nodes, and the list of the revoked ones. Keys,
/// serial numbers and times come from the caller. P-256 because every Pi and every TLS 1.2 library has it. Valid from 2020, so that a
/// device whose clock has not been set yet still connects (DESIGN §11).
/// </summary>
public static class BranchCertificates
{
    public const string Hub = "hub";
    public const string Watch = "watch";
    public const string Broker = "broker";
    public const string Authority = "authority";
    public const string Registrar = "registrar";

    /// <summary>The desk for updates, and the updater of the hub's own device.</summary>
    public const string Updates = "updates";

    /// <summary>Whose certificates lie beside the authority, in one folder at the hub.</summary>
    public static IReadOnlyList<string> Beside { get; } = [Broker, Hub, Registrar, Updates, Watch];

    /// <summary>The file of what is revoked, beside <c>authority.crt</c>.</summary>
    public const string RevocationListFile = "revoked.crl";

    /// <summary>Bytes of a serial number.</summary>
    public const int SerialLength = 20;

    private const string SubjectPrefix = "EdgeQueue branch ";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>DER of a SubjectPublicKeyInfo on P-256 up to its uncompressed point (RFC 5480 §2).</summary>
    private static readonly byte[] P256Prefix = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    public static DateTimeOffset ValidFrom { get; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of the authority and of what lies beside it at the hub: a branch must not stop because nobody remembered.</summary>
    public static DateTimeOffset ValidUntil { get; } = ValidFrom.AddYears(20);

    /// <returns>Null when the name can be a node's, else why not.</returns>
    public static string? WhyNotNode(string name) => name switch
    {
        Hub or Watch or Broker or Authority or Registrar or Updates => $"'{name}' is reserved; call the node something else",
        // It becomes a level of topics and the user name of the access list: no "/ + #", nothing to be confused by.
        _ when !Topics.IsName(name) => $"'{name}' is not a name: use 1 to {Topics.MaximumNameLength} of a-z, 0-9 and '-'",
        _ => null,
    };

    /// <param name="key">The authority's own.</param>
    public static X509Certificate2 MakeAuthority(string branch, ECDsa key)
    {
        var request = new CertificateRequest(Name(SubjectPrefix + branch), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(ValidFrom, ValidUntil);
    }

    /// <summary>The branch of an authority's certificate.</summary>
    public static string BranchOf(X509Certificate2 authority)
    {
        string name = authority.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return name.StartsWith(SubjectPrefix, StringComparison.Ordinal) ? name[SubjectPrefix.Length..] : name;
    }

    /// <summary>A client's certificate; its common name is what the broker takes as user name.</summary>
    /// <param name="authority">With its key.</param>
    /// <param name="serial"><see cref="SerialLength"/> random bytes.</param>
    public static X509Certificate2 MakeClient(X509Certificate2 authority, string name, PublicKey key, ReadOnlySpan<byte> serial, DateTimeOffset until) =>
        Make(authority, name, key, serial, until, [ClientUse]);

    /// <summary>For <see cref="Updates"/>, who speaks at the broker and serves bundles, too: devices look at the name, whatever the address is.</summary>
    public static X509Certificate2 MakeClientAndServer(X509Certificate2 authority, string name, PublicKey key, ReadOnlySpan<byte> serial, DateTimeOffset until) =>
        Make(authority, name, key, serial, until, [ClientUse, ServerUse]);

    /// <param name="names">By which clients reach it.</param>
    public static X509Certificate2 MakeServer(
        X509Certificate2 authority, string name, PublicKey key, ReadOnlySpan<byte> serial, X509Extension names, DateTimeOffset? until = null) =>
        Make(authority, name, key, serial, until ?? ValidUntil, [ServerUse], names);

    /// <summary>
    /// For the same key under the same name, with another end: one file is replaced by a rename, and at no moment do certificate and key not
    /// fit. For what lies beside the authority (<see cref="Beside"/>); nothing of the old certificate is taken but its key and, of a
    /// server, the names by which it is reached.
    /// </summary>
    public static X509Certificate2 MakeAgain(X509Certificate2 authority, string name, X509Certificate2 old, ReadOnlySpan<byte> serial, DateTimeOffset until) => name switch
    {
        Broker => MakeServer(authority, name, old.PublicKey, serial, old.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single(), until),
        Updates => MakeClientAndServer(authority, name, old.PublicKey, serial, until),
        _ => MakeClient(authority, name, old.PublicKey, serial, until),
    };

    /// <summary>
    /// The signed list of revoked serial numbers. Its time is 2020 and as many seconds as it has predecessors: later than each of them,
    /// which is how OpenSSL chooses, and never in the future of a hub without a clock.
    /// </summary>
    /// <param name="number">One more than the list before, from 1.</param>
    public static byte[] MakeRevocationList(X509Certificate2 authority, IEnumerable<string> serials, long number)
    {
        DateTimeOffset at = ValidFrom.AddSeconds(number);
        var list = new CertificateRevocationListBuilder();
        foreach (string serial in serials)
        {
            list.AddEntry(Convert.FromHexString(serial), at);
        }

        return list.Build(authority, new BigInteger(number), ValidUntil, HashAlgorithmName.SHA256, rsaSignaturePadding: null, at);
    }

    /// <summary>A public key as a device sends it; null unless it is a point on P-256 in its one usual form.</summary>
    public static PublicKey? ReadKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (subjectPublicKeyInfo.Length != P256Prefix.Length + 64 || !subjectPublicKeyInfo.StartsWith(P256Prefix))
        {
            return null;
        }

        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            using ECDsa? point = key.GetECDsaPublicKey();
            return point is null ? null : key;
        }
        catch (CryptographicException)
        {
            // Not a point of the curve.
            return null;
        }
    }

    private static X509Certificate2 Make(
        X509Certificate2 authority, string name, PublicKey key, ReadOnlySpan<byte> serial, DateTimeOffset until, string[] uses, params X509Extension[] further)
    {
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Uses(uses), critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        foreach (X509Extension extension in further)
        {
            request.CertificateExtensions.Add(extension);
        }

        // The top bit is cleared so that the number is positive (RFC 5280 §4.1.2.2), the next one set so that it has 20 bytes.
        byte[] number = serial.ToArray();
        number[0] = (byte)((number[0] & 0x7F) | 0x40);
        return request.Create(authority, ValidFrom, until < ValidUntil ? until : ValidUntil, number);
    }

    private static OidCollection Uses(string[] uses)
    {
        var all = new OidCollection();
        foreach (string use in uses)
        {
            all.Add(new Oid(use));
        }

        return all;
    }

    private static X500DistinguishedName Name(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        return builder.Build();
    }
}
