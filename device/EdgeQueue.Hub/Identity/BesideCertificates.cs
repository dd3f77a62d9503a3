using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>A certificate beside the authority, and until when it is good.</summary>
internal sealed record BesideCertificate(string Name, DateTimeOffset Until);

/// <summary>
/// The certificates of broker, hub, registrar, desk for updates and watch, in the authority's folder: renewed before they end, for the keys that they have.
/// Used by one thread at a time (<see cref="RegistrarDesk"/>).
/// </summary>
/// <param name="life">From the renewal on.</param>
internal sealed class BesideCertificates(string folder, X509Certificate2 authority, TimeSpan life, TimeProvider time)
{
    /// <summary>Those that are there; one that cannot be read is not.</summary>
    public IReadOnlyList<BesideCertificate> All()
    {
        var all = new List<BesideCertificate>();
        foreach (string name in BranchCertificates.Beside)
        {
            using X509Certificate2? certificate = Read(name);
            if (certificate is not null)
            {
                all.Add(new BesideCertificate(name, Until(certificate)));
            }
        }

        return all;
    }

    /// <summary>Those that have less than a third of a life left, whenever they were made. What has ended is renewed, too: its key is still where it belongs.</summary>
    /// <returns>What was renewed, on the disk.</returns>
    /// <exception cref="IOException">The folder cannot be written; what was not renewed is as it was.</exception>
    public IReadOnlyList<BesideCertificate> RenewDue()
    {
        var renewed = new List<BesideCertificate>();
        DateTimeOffset now = time.GetUtcNow();
        foreach (string name in BranchCertificates.Beside)
        {
            using X509Certificate2? old = Read(name);
            DateTimeOffset until = now + life < BranchCertificates.ValidUntil ? now + life : BranchCertificates.ValidUntil;
            // A clock that was not set yet: every certificate is good for long. And the authority's own end is nothing that helps here.
            if (old is null || Until(old) - now >= life / 3 || until <= Until(old))
            {
                continue;
            }

            using X509Certificate2 made = BranchCertificates.MakeAgain(
                authority, name, old, RandomNumberGenerator.GetBytes(BranchCertificates.SerialLength), until);
            PrivateFile.Write(PathOf(name), System.Text.Encoding.ASCII.GetBytes(made.ExportCertificatePem() + "\n"), PrivateFile.Everybody);
            renewed.Add(new BesideCertificate(name, Until(made)));
        }

        return renewed;
    }

    private static DateTimeOffset Until(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime();

    private string PathOf(string name) => Path.Combine(folder, name + ".crt");

    /// <summary>Null: there is none, or it is not this authority's.</summary>
    private X509Certificate2? Read(string name)
    {
        try
        {
            X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(PathOf(name));
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
            if (chain.Build(certificate) && BranchCertificates.ReadKey(certificate.PublicKey.ExportSubjectPublicKeyInfo()) is not null)
            {
                return certificate;
            }

            certificate.Dispose();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
