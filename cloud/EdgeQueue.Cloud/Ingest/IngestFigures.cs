using System.Diagnostics.Metrics;
using EdgeQueue.Cloud.Metrics;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>What the ingest counts.</summary>
internal static class IngestFigures
{
    public static readonly Counter<long> Batches = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_batches", description: "Batches of events that were answered, repeated ones included.");

    public static readonly Counter<long> Events = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_events", description: "Events in those batches.");

    public static readonly Counter<long> Refused = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_input_refused", description: "Messages that changed nothing, by why.");

    public static readonly Counter<long> Dropped = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_input_dropped", description: "Messages that waited too long and made room for later ones, by what.");

    public static readonly Counter<long> Forgotten = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_visits_forgotten", description: "Open visits of a branch beyond the most that are kept: what they do later is counted without durations.");

    public static readonly Counter<long> Failed = CloudMetrics.Meter.CreateCounter<long>("edgequeue_cloud_ingest_failed", description: "Transactions that the database did not take; the hubs send again.");

    public static readonly Histogram<double> StoreMs = CloudMetrics.Meter.CreateHistogram<double>("edgequeue_cloud_store_milliseconds", description: "Time of a transaction that stores events.");
}
