using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>A certificate and its private key, from the two PEM files (RFC 7468) that people and programs leave beside each other.</summary>
public static class CertificateWithKey
{
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="CryptographicException">They are no certificate and key, or the key is another certificate's.</exception>
    public static X509Certificate2 Read(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (ArgumentException) when (certificate.Length > 0 && key.Length > 0)
        {
            throw new CryptographicException($"The key in {key} is not that of the certificate in {certificate}.");
        }
    }
}
