using System.Globalization;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>Section <c>ingest</c> of the settings.</summary>
public sealed record IngestSettings
{
    /// <summary>The cloud's brokers, host:port, several with commas; empty: nothing is taken (a cloud that only shows).</summary>
    public string Brokers { get; set; } = "";

    /// <summary>Folder with <c>authority.crt</c>, <c>_cloud.crt</c> and <c>_cloud.key</c>.</summary>
    public string Certificates { get; set; } = "";

    /// <summary>How long the events themselves are kept, days; what was counted of them stays. 1 … 36500.</summary>
    public int KeepDays { get; set; } = 400;

    /// <summary>Writers at once over PostgreSQL, 1 … 32. SQLite has one.</summary>
    public int Writers { get; set; } = 3;

    public IReadOnlyList<(string Host, int Port)> Addresses() =>
    [
        .. Brokers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(b => (b[..b.LastIndexOf(':')], int.Parse(b.AsSpan(b.LastIndexOf(':') + 1), CultureInfo.InvariantCulture))),
    ];

    public void Check(SettingFaults faults)
    {
        foreach (string broker in Brokers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = broker.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(broker.AsSpan(colon + 1), CultureInfo.InvariantCulture, out ushort port) || port == 0)
            {
                faults.Add("ingest.brokers", $"'{broker}' is not host:port, e.g. localhost:8883.");
            }
        }

        if (Brokers.Length > 0)
        {
            foreach (string file in new[] { "authority.crt", "_cloud.crt", "_cloud.key" }.Where(f => !File.Exists(Path.Combine(Certificates, f))))
            {
                faults.Add("ingest.certificates", $"there is no {Path.Combine(Certificates, file)}; 'edgequeue cloud-certificates' makes it.");
            }
        }

        if (KeepDays is < 1 or > 36_500)
        {
            faults.Add("ingest.keepDays", "give 1 to 36500 days.");
        }

        if (Writers is < 1 or > 32)
        {
            faults.Add("ingest.writers", "give 1 to 32.");
        }
    }
}
