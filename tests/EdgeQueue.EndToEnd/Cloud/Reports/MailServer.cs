using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>A real SMTP server (aiosmtpd) that wants STARTTLS and a password, and keeps each mail as a file.</summary>
internal sealed partial class MailServer : IDisposable
{
    private const string Script = """
        import functools, os, ssl, sys, threading
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult
        # Others take the name of a mechanism in small letters, too, as .NET writes it.
        strict = SMTP.smtp_AUTH
        @functools.wraps(strict)
        async def smtp_AUTH(self, arg):
            name, _, rest = (arg or '').partition(' ')
            await strict(self, (name.upper() + ' ' + rest).strip())
        SMTP.smtp_AUTH = smtp_AUTH
        folder, port = sys.argv[1], int(sys.argv[2])
        class Handler:
            count = 0
            async def handle_DATA(self, server, session, envelope):
                Handler.count += 1
                with open(f'{folder}/{Handler.count}.part', 'wb') as file:
                    file.write(envelope.content)
                os.rename(f'{folder}/{Handler.count}.part', f'{folder}/{Handler.count}.eml')
                if os.path.exists(f'{folder}/break'):
                    server.transport.abort()
                return '250 kept'
        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == b'queue' and data.password == b'secret')
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(f'{folder}/server.pem')
        Controller(Handler(), hostname='127.0.0.1', port=port, tls_context=tls, require_starttls=True, auth_required=True, authenticator=authenticate).start()
        print('ready', flush=True)
        threading.Event().wait()
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-mail-");
    private readonly Process _process;

    public MailServer()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Authority, certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "server.pem"), key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
        Port = FreePorts.Take(1)[0];
        _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, _folder.FullName, Port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Port { get; }

    /// <summary>The settings of a cloud that sends through it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["mail:server"] = "127.0.0.1", ["mail:port"] = Port.ToString(CultureInfo.InvariantCulture), ["mail:user"] = "queue", ["mail:password"] = "secret",
        ["mail:from"] = "EdgeQueue <queue@example.org>",
    };

    /// <summary>The cloud trusts its certificate.</summary>
    public Dictionary<string, string> Trust => new() { ["SSL_CERT_FILE"] = Authority };

    public string[] Mails => [.. Directory.GetFiles(_folder.FullName, "*.eml").Order().Select(File.ReadAllText)];

    private string Authority => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>From now on the connection breaks after a mail was taken, before the sender hears of it.</summary>
    public void Break() => File.WriteAllText(Path.Combine(_folder.FullName, "break"), "");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Heads, and all that is text in it.</summary>
    public static (string Heads, string Texts) Read(string mail)
    {
        string text = mail.ReplaceLineEndings("\n");
        var texts = new StringBuilder();
        foreach (Match part in Base64().Matches(text))
        {
            texts.Append(Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value.Replace("\n", "", StringComparison.Ordinal)))).Append('\n');
        }

        return (text[..text.IndexOf("\n\n", StringComparison.Ordinal)], texts + text.Replace("=\n", "", StringComparison.Ordinal).Replace("=0D=0A", "\n", StringComparison.Ordinal).Replace("=0A", "\n", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?i)content-transfer-encoding: base64\n(?:[^\n]+\n)*\n([A-Za-z0-9+/=\n]+)")]
    private static partial Regex Base64();
}
