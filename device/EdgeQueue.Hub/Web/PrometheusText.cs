using System.Globalization;
using System.Text;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Hub.Forecast;

namespace EdgeQueue.Hub.Web;

/// <summary>The figures in Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats").</summary>
internal static class PrometheusText
{
    public static string Of(HubPicture? picture, HubMetrics metrics)
    {
        var text = new StringBuilder();
        MetricLines.Head(text, "edgequeue_commands_total", "counter", "Commands by how they were answered.");
        MetricLines.Line(text, "edgequeue_commands_total", metrics.Accepted.Value, ("result", "accepted"));
        MetricLines.Line(text, "edgequeue_commands_total", metrics.Repeated.Value, ("result", "repeated"));
        MetricLines.Line(text, "edgequeue_commands_total", metrics.Withdrawn.Value, ("result", "withdrawn"));
        MetricLines.Head(text, "edgequeue_refusals_total", "counter", "Refused commands by the reason's code.");
        foreach ((string code, Count count) in metrics.Refusals)
        {
            MetricLines.Line(text, "edgequeue_refusals_total", count.Value, ("code", code));
        }

        MetricLines.Head(text, "edgequeue_rejected_input_total", "counter", "Input that changed nothing, by kind and source.");
        foreach (((string kind, string source), Count count) in metrics.RejectedInput)
        {
            MetricLines.Line(text, "edgequeue_rejected_input_total", count.Value, ("kind", kind), ("source", source));
        }

        MetricLines.Head(text, "edgequeue_publications_total", "counter", "Messages handed to the broker, by its answer.");
        foreach ((EdgeQueue.Mqtt.PublishOutcome outcome, Count count) in metrics.Publications)
        {
            MetricLines.Line(text, "edgequeue_publications_total", count.Value, ("outcome", outcome.ToString()));
        }

        MetricLines.Head(text, "edgequeue_recorded_tickets_total", "counter", "Offline tickets of a closed day, or for a service that is no more: recorded, not queued.");
        MetricLines.Line(text, "edgequeue_recorded_tickets_total", metrics.Recorded.Value);
        MetricLines.Head(text, "edgequeue_failed_commits_total", "counter", "Commits that the disk did not take.");
        MetricLines.Line(text, "edgequeue_failed_commits_total", metrics.FailedCommits.Value);
        MetricLines.Head(text, "edgequeue_connections_total", "counter", "Connections to the broker since the start.");
        MetricLines.Line(text, "edgequeue_connections_total", metrics.Connections.Value);
        if (metrics.CloudCertificateEnds is > 0 and var ends)
        {
            MetricLines.Head(text, "edgequeue_cloud_certificate_ends_seconds", "gauge", "When the hub's certificate for the cloud ends, seconds since 1970 UTC.");
            MetricLines.Line(text, "edgequeue_cloud_certificate_ends_seconds", ends);
        }

        Write(text, "edgequeue_commit_milliseconds", "Time of a commit, fsync included.", metrics.CommitMs);
        Write(text, "edgequeue_reply_milliseconds", "From the network thread to the reply's departure, oldest of a batch.", metrics.ReplyMs);
        Write(text, "edgequeue_batch_commands", "Commands in one commit.", metrics.BatchSize);
        if (picture is not null)
        {
            Gauges(text, picture);
        }

        return text.ToString();
    }

    private static void Gauges(StringBuilder text, HubPicture picture)
    {
        MetricLines.Head(text, "edgequeue_journal_seq", "gauge", "Last event of the journal.");
        MetricLines.Line(text, "edgequeue_journal_seq", picture.Status.Seq);
        MetricLines.Head(text, "edgequeue_business_day", "gauge", "Number of the business day.");
        MetricLines.Line(text, "edgequeue_business_day", picture.Status.Day);
        MetricLines.Head(text, "edgequeue_connected", "gauge", "1 while the broker is connected.");
        MetricLines.Line(text, "edgequeue_connected", picture.Connected ? 1 : 0);
        MetricLines.Head(text, "edgequeue_clock_trusted", "gauge", "1 while the wall clock is synchronised.");
        MetricLines.Line(text, "edgequeue_clock_trusted", picture.Status.ClockTrusted ? 1 : 0);
        MetricLines.Head(text, "edgequeue_waiting", "gauge", "Visits waiting, by service.");
        foreach (QueuePicture queue in picture.Queues)
        {
            MetricLines.Line(text, "edgequeue_waiting", queue.Waiting, ("service", queue.Service));
        }

        MetricLines.Head(text, "edgequeue_parked", "gauge", "Visits put aside.");
        MetricLines.Line(text, "edgequeue_parked", picture.Parked);
        MetricLines.Head(text, "edgequeue_evacuating", "gauge", "1 from an evacuation's order to its end.");
        MetricLines.Line(text, "edgequeue_evacuating", picture.Status.Evacuating == true ? 1 : 0);
        MetricLines.Head(text, "edgequeue_missing_units", "gauge", "Configured units that are not connected.");
        MetricLines.Line(text, "edgequeue_missing_units", picture.Status.Missing.Count);
        MetricLines.Head(text, "edgequeue_faults", "gauge", "Open faults by code.");
        foreach (IGrouping<string, Core.Contracts.Messages.Fault> faults in picture.Status.Faults.GroupBy(f => f.Code))
        {
            MetricLines.Line(text, "edgequeue_faults", faults.Count(), ("code", faults.Key));
        }

        if (picture.Status.Cloud is { } cloud)
        {
            MetricLines.Head(text, "edgequeue_cloud_connected", "gauge", "1 while the cloud's broker is connected.");
            MetricLines.Line(text, "edgequeue_cloud_connected", cloud.Connected ? 1 : 0);
            MetricLines.Head(text, "edgequeue_cloud_stored_seq", "gauge", "Last event that the cloud acknowledged.");
            MetricLines.Line(text, "edgequeue_cloud_stored_seq", cloud.Stored);
        }

        if (picture.Waits is { } waits)
        {
            Waits(text, picture, waits);
        }

        MetricLines.Head(text, "process_resident_memory_bytes", "gauge", "Resident memory.");
        MetricLines.Line(text, "process_resident_memory_bytes", Environment.WorkingSet);
    }

    private static void Waits(StringBuilder text, HubPicture picture, WaitBoard waits)
    {
        MetricLines.Head(text, "edgequeue_expected_wait_minutes", "gauge", "Of somebody who takes a ticket now, by service; 0: at once.");
        foreach (QueuePicture queue in picture.Queues)
        {
            if (waits.Newcomers.TryGetValue(new(queue.Service, null), out WaitPrediction? prediction))
            {
                ExpectedWait? minutes = WaitBoard.Minutes(prediction);
                MetricLines.Line(text, "edgequeue_expected_wait_minutes", minutes?.P50 ?? 0, ("service", queue.Service), ("quantile", "0.5"));
                MetricLines.Line(text, "edgequeue_expected_wait_minutes", minutes?.P90 ?? 0, ("service", queue.Service), ("quantile", "0.9"));
            }
        }

        ForecastText.Write(text, waits);
    }

    private static void Write(StringBuilder text, string name, string help, Histogram histogram)
    {
        MetricLines.Head(text, name, "histogram", help);
        long sum = 0;
        for (int i = 0; i < histogram.Bounds.Count; i++)
        {
            sum += histogram.At(i);
            MetricLines.Line(text, name + "_bucket", sum, ("le", histogram.Bounds[i].ToString(CultureInfo.InvariantCulture)));
        }

        sum += histogram.At(histogram.Bounds.Count);
        MetricLines.Line(text, name + "_bucket", sum, ("le", "+Inf"));
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum {histogram.Sum}\n{name}_count {sum}\n");
    }
}
