using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Updates;

/// <summary>This side's certificate and key for each handshake: the registrar renews the certificate, for the same key, while this process runs.</summary>
/// <param name="path">Without <c>.crt</c> and <c>.key</c>.</param>
internal sealed class ServerCertificate(string path)
{
    private readonly Lock _gate = new();
    private X509Certificate2? _own;
    private string? _text;

    /// <summary>From any thread. While the files cannot be read, the one before.</summary>
    /// <exception cref="IOException">They could not be read yet.</exception>
    /// <exception cref="CryptographicException">They are no certificate and key that fit.</exception>
    public X509Certificate2 Now()
    {
        lock (_gate)
        {
            try
            {
                string text = File.ReadAllText(path + ".crt");
                if (text != _text)
                {
                    // The one before is left to handshakes that have it, and to the garbage collector.
                    _own = CertificateWithKey.Read(path + ".crt", path + ".key");
                    _text = text;
                }
            }
            catch (Exception unreadable) when (_own is not null && unreadable is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // It is being replaced.
            }

            return _own!;
        }
    }
}
