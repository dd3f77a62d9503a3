using System.Diagnostics.Metrics;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>The one meter. A room makes its instruments on it, with names like <c>edgequeue_cloud_events_stored</c>.</summary>
public static class CloudMetrics
{
    public const string MeterName = "EdgeQueue.Cloud";

    public static readonly Meter Meter = new(MeterName);
}
