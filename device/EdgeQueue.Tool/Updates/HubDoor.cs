using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tool.Updates;

/// <summary>HTTPS to the hub's desk for updates: with this device's certificate, and to nobody but who has the branch's for <c>updates</c>, whatever the address is.</summary>
internal static class HubDoor
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    /// <summary>With the certificate as it is now: it may be renewed.</summary>
    public static HttpClient Open(BrokerConfiguration broker)
    {
        X509Certificate2 own = CertificateWithKey.Read(broker.Certificate, broker.Key);
        X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(broker.Authority);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateContext = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 theirs && IsDesk(theirs, authority),
            },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    private static bool IsDesk(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerUse));
        // A device's clock may not have been set yet.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate) && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == BranchCertificates.Updates;
    }
}
