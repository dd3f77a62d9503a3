using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// The certificate authority of one branch, in a folder: <c>authority.crt/.key</c> and a pair per name. Whoever holds
/// <c>authority.key</c> can make a node; everybody else needs only <c>authority.crt</c> and a pair of their own.
/// </summary>
/// <remarks>
/// For 20 years: a device must not stop because nobody remembered; a lost key is answered by revoking, not by waiting. Devices that are
/// claimed at the hub have certificates of limited life instead, which renew themselves; so can those of broker and hub where a registrar runs.
/// </remarks>
internal sealed class CertificatesAuthority(string folder)
{
    public const string Hub = BranchCertificates.Hub;
    public const string Watch = BranchCertificates.Watch;
    public const string Broker = BranchCertificates.Broker;
    public const string Authority = BranchCertificates.Authority;
    public const string Registrar = BranchCertificates.Registrar;
    public const string Updates = BranchCertificates.Updates;

    private const UnixFileMode ForEverybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <returns>Null when the name can be a node's, else why not.</returns>
    public static string? WhyNotNode(string name) => BranchCertificates.WhyNotNode(name);

    /// <returns>False when it was there already, and was kept.</returns>
    /// <exception cref="InvalidOperationException"><see cref="KeyIsElsewhere"/>.</exception>
    public bool EnsureAuthority(string branch)
    {
        bool made = Ensure(Authority, () =>
        {
            if (KeyIsElsewhere())
            {
                throw new InvalidOperationException($"{KeyPath(Authority)} is not here");
            }

            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 certificate = BranchCertificates.MakeAuthority(branch, key);
            Write(Authority, certificate, key);
        });
        if (!File.Exists(RevocationListPath))
        {
            // The broker does not start without one.
            using X509Certificate2 authority = CertificateWithKey.Read(CertificatePath(Authority), KeyPath(Authority));
            Replace(
                RevocationListPath, PemEncoding.WriteString("X509 CRL", BranchCertificates.MakeRevocationList(authority, [], 1)), ForEverybody);
        }

        return made;
    }

    /// <param name="hosts">Names and addresses by which nodes reach the broker, beside localhost, 127.0.0.1 and ::1.</param>
    public bool EnsureBroker(IEnumerable<string> hosts, DateTimeOffset? until = null) => Ensure(Broker, () =>
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

        Issue(Broker, (authority, key, serial) => BranchCertificates.MakeServer(authority, Broker, key, serial, names.Build(), until));
    });

    /// <summary>Of the desk for updates, who is a client of the broker and serves bundles.</summary>
    public bool EnsureUpdates(DateTimeOffset? until = null) =>
        Ensure(Updates, () => Issue(
            Updates, (authority, key, serial) => BranchCertificates.MakeClientAndServer(authority, Updates, key, serial, until ?? BranchCertificates.ValidUntil)));

    /// <summary>A client's certificate; its common name is what the broker takes as user name.</summary>
    public bool EnsureClient(string name, DateTimeOffset? until = null) =>
        Ensure(name, () => Issue(
            name, (authority, key, serial) => BranchCertificates.MakeClient(authority, name, key, serial, until ?? BranchCertificates.ValidUntil)));

    /// <summary>A client's certificate anew, for the same key: that stays where it is.</summary>
    /// <returns>Until when it is good.</returns>
    /// <param name="shorter">One that ends earlier than the old one is wanted, too.</param>
    /// <exception cref="InvalidOperationException">There is none, or the new one would not be good for longer.</exception>
    public DateTimeOffset Renew(string name, DateTimeOffset until, bool shorter = false)
    {
        if (!File.Exists(CertificatePath(name)))
        {
            throw new InvalidOperationException($"{CertificatePath(name)} is not here: nothing to make anew");
        }

        using X509Certificate2 authority = CertificateWithKey.Read(CertificatePath(Authority), KeyPath(Authority));
        using X509Certificate2 old = X509CertificateLoader.LoadCertificateFromFile(CertificatePath(name));
        using X509Certificate2 made = BranchCertificates.MakeAgain(authority, name, old, RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), until);
        if (made.NotAfter == old.NotAfter || (made.NotAfter < old.NotAfter && !shorter))
        {
            string day = old.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            throw new InvalidOperationException(old.NotAfter < authority.NotAfter
                ? $"{CertificatePath(name)} is good until {day} already"
                : $"{CertificatePath(name)} is good until {day}, when the authority here ends itself: for longer, make another authority in another folder (--out), with new files for broker, replicas and every branch");
        }

        Replace(CertificatePath(name), made.ExportCertificatePem(), ForEverybody);
        return made.NotAfter.ToUniversalTime();
    }

    /// <summary>The branch of the existing authority; null when there is none.</summary>
    public string? Branch()
    {
        if (!File.Exists(CertificatePath(Authority)))
        {
            return null;
        }

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(CertificatePath(Authority));
        return BranchCertificates.BranchOf(certificate);
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

    /// <summary>What is revoked: empty at first, the broker reads it.</summary>
    public string RevocationListPath => Path.Combine(folder, BranchCertificates.RevocationListFile);

    public string KeyPath(string name) => Path.Combine(folder, name + ".key");

    private bool Ensure(string name, Action make)
    {
        if (File.Exists(CertificatePath(name)) && File.Exists(KeyPath(name)))
        {
            return false;
        }

        make();
        return true;
    }

    private void Issue(string name, Func<X509Certificate2, PublicKey, byte[], X509Certificate2> make)
    {
        using X509Certificate2 authority = CertificateWithKey.Read(CertificatePath(Authority), KeyPath(Authority));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = make(authority, new PublicKey(key), RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength));
        Write(name, certificate, key);
    }

    /// <summary>The key first: a certificate without its key would be taken for finished after a power cut.</summary>
    private void Write(string name, X509Certificate2 certificate, ECDsa key)
    {
        Replace(KeyPath(name), key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Replace(
            CertificatePath(name),
            certificate.ExportCertificatePem(),
            ForEverybody);
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
