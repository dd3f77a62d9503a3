using System.Security.Cryptography;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Start;

/// <summary>
/// What the whole process needs to know; each room has a record of its own for its section of the file. A setting is found, the
/// later one wins: defaults here, the file of <c>--config</c>, environment (<c>EDGEQUEUE_CLOUD_LISTEN</c>; <c>__</c> between
/// section and name), command line.
/// </summary>
public sealed record CloudSettings
{
    /// <summary>Where the pages are served; several are separated by <c>;</c>.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8090";

    /// <summary>PEM files for an address with https; empty: a proxy in front has it, or there is none.</summary>
    public string Certificate { get; set; } = "";

    public string CertificateKey { get; set; } = "";

    /// <summary>What people's phones reach this cloud by, for links in SMS and mail; without a slash at its end.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8090";

    /// <summary>See <see cref="DatabaseSetting"/>.</summary>
    public string Database { get; set; } = DatabaseSetting.Default;

    /// <summary>Addresses of the proxies in front, whose word on a client's address is taken; separated by commas.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>Addresses that may read <c>/metrics</c>; separated by commas. This machine always may.</summary>
    public string MetricsFrom { get; set; } = "";

    public void Check(SettingFaults faults)
    {
        foreach (string address in Listen.Split(';'))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                faults.Add("listen", $"'{address}' is not an address like http://127.0.0.1:8090.");
            }
            else if (uri.Scheme == "https" && (Certificate.Length == 0 || CertificateKey.Length == 0))
            {
                faults.Add("certificate", "an address with https needs 'certificate' and 'certificateKey', two PEM files.");
            }
            else if (uri.Scheme == "https")
            {
                CheckCertificate(faults);
            }
        }

        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out Uri? link) || link.Scheme is not ("http" or "https") || PublicUrl.EndsWith('/'))
        {
            faults.Add("publicUrl", $"'{PublicUrl}' is not an address like https://queue.example.org, without a slash at its end.");
        }

        if (DatabaseSetting.FaultOf(Database) is { } fault)
        {
            faults.Add("database", fault);
        }

        CheckAddresses("proxies", Proxies, faults);
        CheckAddresses("metricsFrom", MetricsFrom, faults);
    }

    /// <summary>The addresses of a list that was checked.</summary>
    public static IEnumerable<System.Net.IPAddress> Addresses(string list) => list
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(System.Net.IPAddress.Parse);

    private void CheckCertificate(SettingFaults faults)
    {
        try
        {
            _ = HttpsCertificate.Read(Certificate, CertificateKey);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException or CryptographicException)
        {
            faults.Add("certificate", cannot.Message);
        }
    }

    private static void CheckAddresses(string setting, string list, SettingFaults faults)
    {
        foreach (string address in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!System.Net.IPAddress.TryParse(address, out _))
            {
                faults.Add(setting, $"'{address}' is not an IP address.");
            }
        }
    }
}
