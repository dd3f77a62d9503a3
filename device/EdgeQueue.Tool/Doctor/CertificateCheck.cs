using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Doctor;

/// <summary>This node's certificate: for its key and name, from its branch, for how long, and whether others can read the key.</summary>
internal static class CertificateCheck
{
    private const int SoonDays = 14;

    public static Finding Of(NodeFile node, DateTimeOffset now)
    {
        const string what = "certificate";
        try
        {
            using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(node.Broker.Authority);
            using X509Certificate2 own = CertificateWithKey.Read(node.Broker.Certificate, node.Broker.Key);
            using ECDsa? key = own.GetECDsaPrivateKey();
            if (key is null || IdentityFile.WhyNot(own, key, node.Node, authority) is { } why && why.Length > 0)
            {
                return new Finding(what, Health.Broken, key is null ? "its key is not an ECDSA key" : IdentityFile.WhyNot(own, key, node.Node, authority)!, "Claim the device anew: edgequeue replace at the hub.");
            }

            UnixFileMode open = File.GetUnixFileMode(node.Broker.Key) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (open != 0)
            {
                return new Finding(what, Health.Broken, $"{node.Broker.Key} can be read by others ({open})", $"chmod 600 {node.Broker.Key}");
            }

            int days = (int)Math.Floor((own.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays);
            string until = string.Create(CultureInfo.InvariantCulture, $"good for {days} more days, until {own.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            return days < 0 ? new Finding(what, Health.Broken, "it has ended", "Claim the device anew: edgequeue replace at the hub. Was it switched off for long, or is the clock wrong?")
                : days < SoonDays ? new Finding(what, Health.Soon, until, "It renews itself in its last third: is the registrar running at the hub?")
                : Finding.Well(what, until);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new Finding(what, Health.Broken, unreadable.Message, "Is this the user of the node's service? Else claim the device anew: edgequeue replace at the hub.");
        }
    }
}
