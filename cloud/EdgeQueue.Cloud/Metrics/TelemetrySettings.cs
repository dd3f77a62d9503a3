using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>Section <c>telemetry</c> of the settings: what is sent to a collector of OpenTelemetry.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Where it takes OTLP over HTTP, e.g. <c>http://collector:4318</c>; empty: nothing is sent.</summary>
    public string Otlp { get; set; } = "";

    /// <summary>How often the figures are sent, seconds, 1 … 3600.</summary>
    public int EverySeconds { get; set; } = 60;

    /// <summary>Of how many requests in a thousand a trace is sent when the caller does not say, 0 … 1000.</summary>
    public int TracesInAThousand { get; set; } = 100;

    public void Check(SettingFaults faults)
    {
        if (Otlp.Length > 0 && (!Uri.TryCreate(Otlp, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || Otlp.EndsWith('/')))
        {
            faults.Add("telemetry.otlp", $"'{Otlp}' is not an address like http://collector:4318, without a slash at its end.");
        }

        if (EverySeconds is < 1 or > 3600)
        {
            faults.Add("telemetry.everySeconds", "give 1 to 3600 seconds.");
        }

        if (TracesInAThousand is < 0 or > 1000)
        {
            faults.Add("telemetry.tracesInAThousand", "give 0 to 1000.");
        }
    }
}
