using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Updates;

/// <summary>Who may fetch bundles: whoever has a certificate of this branch that has not ended and is not revoked, as at the broker.</summary>
internal sealed class NodeDoor(string certificates) : IDisposable
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, BranchCertificates.Authority + ".crt"));

    /// <returns>Null: it may; else why not.</returns>
    public string? WhyNot(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return "it came without a certificate";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientUse));
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (!chain.Build(certificate))
        {
            return $"'{name}': {string.Join(", ", chain.ChainStatus.Select(s => s.Status))}";
        }

        try
        {
            // Read each time: it is small, and a device is revoked while this process runs.
            var revoked = CertificateRevocationListBuilder.LoadPem(File.ReadAllText(Path.Combine(certificates, BranchCertificates.RevocationListFile)), out _);
            return revoked.RemoveEntry(certificate.SerialNumberBytes.Span) ? $"'{name}': its certificate is revoked" : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return $"the list of revoked certificates cannot be read: {unreadable.Message}";
        }
    }

    public void Dispose() => _authority.Dispose();
}
