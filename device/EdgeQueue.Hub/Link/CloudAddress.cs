using System.Globalization;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Link;

/// <summary>Where the cloud is, and who we are there.</summary>
/// <param name="Brokers">Independent brokers of one cloud; any of them will do.</param>
/// <param name="Certificates">Folder with the cloud's <c>authority.crt</c>, and <c>{branch}.crt</c> and <c>.key</c>.</param>
public sealed record CloudAddress(IReadOnlyList<(string Host, int Port)> Brokers, string Certificates)
{
    /// <param name="text">HOST:PORT, several with commas.</param>
    /// <returns>Null with a fault.</returns>
    public static CloudAddress? Parse(string text, string? certificates, out string? fault)
    {
        var brokers = new List<(string, int)>();
        foreach (string one in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = one.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(one.AsSpan(colon + 1), CultureInfo.InvariantCulture, out ushort port) || port == 0)
            {
                fault = $"--cloud {text}: give host:port, several with commas, e.g. cloud.example.org:8883.";
                return null;
            }

            brokers.Add((one[..colon], port));
        }

        fault = brokers.Count == 0 ? "--cloud names no broker."
            : certificates is null ? "--cloud needs --cloud-certificates, a folder with the cloud's authority.crt and this branch's certificate and key."
            : null;
        return fault is null ? new CloudAddress(brokers, certificates!) : null;
    }

    public MqttTls TlsOf(string branch) => new(
        Path.Combine(Certificates, "authority.crt"), Path.Combine(Certificates, branch + ".crt"), Path.Combine(Certificates, branch + ".key"));
}
