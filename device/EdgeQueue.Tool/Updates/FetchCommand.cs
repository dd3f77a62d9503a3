using System.CommandLine;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeQueue.Tool.Updates;

/// <summary><c>edgequeue update fetch</c>: what the hub's desk for updates starts to get a bundle from outside.</summary>
internal static class FetchCommand
{
    /// <summary>Bytes that are left to everything else on the hub's disk.</summary>
    private const long Kept = 64 * 1024 * 1024;

    public static Command Create()
    {
        var address = new Option<string>("--address") { Description = "Where it is, https://….", Required = true };
        var size = new Option<long>("--size") { Description = "Bytes.", Required = true };
        var sha256 = new Option<string>("--sha256") { Description = "64 lower-case hexadecimal digits.", Required = true };
        var to = new Option<string>("--to") { Description = "The file. It has this name only when all of it is there; a part is gone on with.", Required = true };
        var authority = new Option<string?>("--authority") { Description = "Certificate of the authority that the server's is from; without it those that this machine trusts." };
        var command = new Command("fetch", "Fetches one file whose size and hash are known. The hub's desk for updates starts this by itself.") { address, size, sha256, to, authority };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            if (!Uri.TryCreate(parsed.GetRequiredValue(address), UriKind.Absolute, out Uri? from) || from.Scheme != Uri.UriSchemeHttps)
            {
                await errors.WriteLineAsync("--address begins with https://.");
                return 2;
            }

            try
            {
                string part = BundleDownload.PartOf(parsed.GetRequiredValue(to));
                var disk = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(part))!);
                long needed = parsed.GetRequiredValue(size) - (File.Exists(part) ? new FileInfo(part).Length : 0) + Kept;
                if (disk.AvailableFreeSpace < needed)
                {
                    // A queue needs the room more than half of a bundle does.
                    File.Delete(part);
                    await errors.WriteLineAsync($"there are {disk.AvailableFreeSpace} bytes free, and {needed} are needed");
                    return 1;
                }

                using HttpClient http = Open(parsed.GetValue(authority));
                string? why = await new BundleDownload(http).RunAsync(
                    from, parsed.GetRequiredValue(to), parsed.GetRequiredValue(size), parsed.GetRequiredValue(sha256), _ => { }, cancellation);
                if (why is null)
                {
                    return 0;
                }

                await errors.WriteLineAsync(why);
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 1;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                await errors.WriteLineAsync(broken.Message);
                return 1;
            }
        });
        return command;
    }

    private static HttpClient Open(string? authority)
    {
        var options = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (authority is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
        }

        return new HttpClient(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(20), MaxAutomaticRedirections = 5, SslOptions = options }) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
