using System.Diagnostics.Metrics;
using EdgeQueue.Cloud.Metrics;

namespace EdgeQueue.Cloud.Sms;

internal static class SmsFigures
{
    private static readonly Counter<long> Sent = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_sms_total", description: "Messages handed to the provider, by what came of it.");

    public static void Count(string outcome) => Sent.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
