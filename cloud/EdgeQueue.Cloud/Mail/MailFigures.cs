using System.Diagnostics.Metrics;
using EdgeQueue.Cloud.Metrics;

namespace EdgeQueue.Cloud.Mail;

internal static class MailFigures
{
    private static readonly Counter<long> Handed = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_notices_total", description: "Mails and web hooks handed over, by what came of it.");

    public static void Count(string channel, Handing outcome) => Handed.Add(
        1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
}
