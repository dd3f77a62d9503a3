using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Cloud.Web;

/// <summary>
/// The certificate of an address with https and those between it and its authority (the rest of the same PEM file), as the files are now: whoever
/// renews them (ACME, RFC 8555) does not start the cloud anew for it. For several threads.
/// </summary>
internal sealed class HttpsCertificate
{
    /// <summary>Handshakes in between take what was read before.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _now;
    private string _text;
    private string? _refused;
    private long _lookedAt;

    /// <exception cref="CryptographicException">The files are no certificate and key that belong together.</exception>
    public HttpsCertificate(string certificate, string key, TimeProvider time, ILogger log)
    {
        (_certificate, _key, _time, _log) = (certificate, key, time, log);
        _text = Text();
        _now = Read(certificate, key);
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>The two files as they are now.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="CryptographicException">They are no certificates and key that belong together.</exception>
    public static SslStreamCertificateContext Read(string certificate, string key)
    {
        X509Certificate2 own = CertificateWithKey.Read(certificate, key);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(certificate);
        // The first of the file is the certificate itself.
        between.RemoveAt(0);
        return SslStreamCertificateContext.Create(own, between, offline: true);
    }

    public SslStreamCertificateContext Now()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                _lookedAt = _time.GetTimestamp();
                Look();
            }

            return _now;
        }
    }

    private void Look()
    {
        string text = "";
        try
        {
            text = Text();
            if (text != _text && text != _refused)
            {
                // The one before is left to handshakes that have it, and to the garbage collector.
                (_now, _text, _refused) = (Read(_certificate, _key), text, null);
                CloudLog.CertificateRenewed(_log, _now.TargetCertificate.NotAfter.ToUniversalTime());
            }
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Told once: half of it may be written just now.
            if (_refused != text)
            {
                CloudLog.CertificateRefused(_log, cannot.Message);
            }

            _refused = text;
        }
    }

    private string Text() => File.ReadAllText(_certificate) + File.ReadAllText(_key);
}
