using System.Runtime.InteropServices;

namespace EdgeQueue.Mqtt.Native;

/// <summary>One question to OpenSSL 3, which libmosquitto has loaded anyway: why a certificate was not accepted.</summary>
internal static partial class LibSsl
{
    [LibraryImport("libssl.so.3", EntryPoint = "SSL_get_verify_result")]
    private static partial nint GetVerifyResult(nint ssl);

    /// <summary>An X509_V_ERR_ code (openssl/x509_vfy.h), or null when there is no TLS, no error, or another OpenSSL.</summary>
    public static int? CertificateError(nint ssl)
    {
        if (ssl == 0)
        {
            return null;
        }

        try
        {
            int result = (int)GetVerifyResult(ssl);
            return result == 0 ? null : result;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
