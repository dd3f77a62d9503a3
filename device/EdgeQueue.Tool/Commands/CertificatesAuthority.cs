using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// The certificate authority of one branch, in a folder: <c>authority.crt/.key</c> and a pair per name. Whoever holds
/// <c>authority.key</c> can make a node; everybody else needs only <c>authority.crt</c> and a pair of their own.
/// </summary>
/// <remarks>
/// P-256 because every Pi and every TLS 1.2 library has it. Valid from 2020, so that a device whose clock has not been
/// set yet still connects. For 20 years: a device must not stop because nobody remembered; a lost key is answered by
/// revoking, not by waiting. Written with the framework's classes only.
/// </remarks>
internal sealed class CertificatesAuthority(string folder)
{
    public const string Hub = "hub";
    public const string Watch = "watch";
    public const string Broker = "broker";
    public const string Authority = "authority";

    private const string SubjectPrefix = "EdgeQueue branch ";

    private static readonly DateTimeOffset ValidFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ValidUntil = ValidFrom.AddYears(20);

    /// <returns>Null when the name can be a node's, else why not.</returns>
    public static string? WhyNotNode(string name) => name switch
    {
        Hub or Watch or Broker or Authority => $"'{name}' is reserved; call the node something else",
        // It becomes a level of topics and the user name of the access list: no "/ + #", nothing to be confused by.
        _ when !Topics.IsName(name) => $"'{name}' is not a name: use 1 to {Topics.MaximumNameLength} of a-z, 0-9 and '-'",
        _ => null,
    };

    /// <returns>False when it was there already, and was kept.</returns>
    /// <exception cref="InvalidOperationException"><see cref="KeyIsElsewhere"/>.</exception>
    public bool EnsureAuthority(string branch) => Ensure(Authority, () =>
    {
        if (KeyIsElsewhere())
        {
            throw new InvalidOperationException($"{KeyPath(Authority)} is not here");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(SubjectPrefix + branch), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 certificate = request.CreateSelfSigned(ValidFrom, ValidUntil);
        Write(Authority, certificate, key);
    });

    /// <param name="hosts">Names and addresses by which nodes reach the broker, beside localhost, 127.0.0.1 and ::1.</param>
    public bool EnsureBroker(IEnumerable<string> hosts) => Ensure(Broker, () =>
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts.Prepend("::1").Prepend("127.0.0.1").Prepend("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        Issue(Broker, "1.3.6.1.5.5.7.3.1", ValidFrom, ValidUntil, names.Build());
    });

    /// <summary>A client's certificate; its common name is what the broker takes as user name.</summary>
    public bool EnsureClient(string name, DateTimeOffset? until = null) =>
        Ensure(name, () => Issue(name, "1.3.6.1.5.5.7.3.2", ValidFrom, until ?? ValidUntil));

    /// <summary>The branch of the existing authority; null when there is none.</summary>
    public string? Branch()
    {
        if (!File.Exists(CertificatePath(Authority)))
        {
            return null;
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(CertificatePath(Authority));
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return name.StartsWith(SubjectPrefix, StringComparison.Ordinal) ? name[SubjectPrefix.Length..] : name;
    }

    /// <summary>
    /// The certificate without the key: it is kept elsewhere. Making a new authority then would shut out every device
    /// of the branch.
    /// </summary>
    public bool KeyIsElsewhere() => File.Exists(CertificatePath(Authority)) && !File.Exists(KeyPath(Authority));

    /// <summary>The hosts that the broker's existing certificate is for; null when there is none.</summary>
    public IReadOnlySet<string>? BrokerHosts()
    {
        if (!File.Exists(CertificatePath(Broker)))
        {
            return null;
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(CertificatePath(Broker));
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? new HashSet<string>()
            : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(a => a.ToString())];
    }

    public string CertificatePath(string name) => Path.Combine(folder, name + ".crt");

    public string KeyPath(string name) => Path.Combine(folder, name + ".key");

    private static X500DistinguishedName Name(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        return builder.Build();
    }

    private bool Ensure(string name, Action make)
    {
        if (File.Exists(CertificatePath(name)) && File.Exists(KeyPath(name)))
        {
            return false;
        }

        make();
        return true;
    }

    private void Issue(string name, string usage, DateTimeOffset from, DateTimeOffset until, params X509Extension[] further)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPemFile(CertificatePath(Authority), KeyPath(Authority));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        foreach (X509Extension extension in further)
        {
            request.CertificateExtensions.Add(extension);
        }

        // 159 random bits; the top bit is cleared so that the number is positive (RFC 5280 §4.1.2.2).
        byte[] serial = RandomNumberGenerator.GetBytes(20);
        serial[0] &= 0x7F;
        using X509Certificate2 certificate = request.Create(authority, from, until, serial);
        Write(name, certificate, key);
    }

    /// <summary>The key first: a certificate without its key would be taken for finished after a power cut.</summary>
    private void Write(string name, X509Certificate2 certificate, ECDsa key)
    {
        Replace(KeyPath(name), key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Replace(
            CertificatePath(name),
            certificate.ExportCertificatePem(),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Never readable by others, not even for the moment between creating and changing the mode.</summary>
    private static void Replace(string path, string text, UnixFileMode mode)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(new FileStream(
            fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode })))
        {
            writer.Write(text);
            writer.Write('\n');
        }

        File.Move(fresh, path, overwrite: true);
    }
}
