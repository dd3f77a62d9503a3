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
        Head(text, "edgequeue_commands_total", "counter", "Commands by how they were answered.");
        Line(text, "edgequeue_commands_total", metrics.Accepted.Value, ("result", "accepted"));
        Line(text, "edgequeue_commands_total", metrics.Repeated.Value, ("result", "repeated"));
        Line(text, "edgequeue_commands_total", metrics.Withdrawn.Value, ("result", "withdrawn"));
        Head(text, "edgequeue_refusals_total", "counter", "Refused commands by the reason's code.");
        foreach ((string code, Count count) in metrics.Refusals)
        {
            Line(text, "edgequeue_refusals_total", count.Value, ("code", code));
        }

        Head(text, "edgequeue_rejected_input_total", "counter", "Input that changed nothing, by kind and source.");
        foreach (((string kind, string source), Count count) in metrics.RejectedInput)
        {
            Line(text, "edgequeue_rejected_input_total", count.Value, ("kind", kind), ("source", source));
        }

        Head(text, "edgequeue_publications_total", "counter", "Messages handed to the broker, by its answer.");
        foreach ((EdgeQueue.Mqtt.PublishOutcome outcome, Count count) in metrics.Publications)
        {
            Line(text, "edgequeue_publications_total", count.Value, ("outcome", outcome.ToString()));
        }

        Head(text, "edgequeue_failed_commits_total", "counter", "Commits that the disk did not take.");
        Line(text, "edgequeue_failed_commits_total", metrics.FailedCommits.Value);
        Head(text, "edgequeue_connections_total", "counter", "Connections to the broker since the start.");
        Line(text, "edgequeue_connections_total", metrics.Connections.Value);
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
        Head(text, "edgequeue_journal_seq", "gauge", "Last event of the journal.");
        Line(text, "edgequeue_journal_seq", picture.Status.Seq);
        Head(text, "edgequeue_business_day", "gauge", "Number of the business day.");
        Line(text, "edgequeue_business_day", picture.Status.Day);
        Head(text, "edgequeue_connected", "gauge", "1 while the broker is connected.");
        Line(text, "edgequeue_connected", picture.Connected ? 1 : 0);
        Head(text, "edgequeue_clock_trusted", "gauge", "1 while the wall clock is synchronised.");
        Line(text, "edgequeue_clock_trusted", picture.Status.ClockTrusted ? 1 : 0);
        Head(text, "edgequeue_waiting", "gauge", "Visits waiting, by service.");
        foreach (QueuePicture queue in picture.Queues)
        {
            Line(text, "edgequeue_waiting", queue.Waiting, ("service", queue.Service));
        }

        Head(text, "edgequeue_missing_units", "gauge", "Configured units that are not connected.");
        Line(text, "edgequeue_missing_units", picture.Status.Missing.Count);
        Head(text, "edgequeue_faults", "gauge", "Open faults by code.");
        foreach (IGrouping<string, Core.Contracts.Messages.Fault> faults in picture.Status.Faults.GroupBy(f => f.Code))
        {
            Line(text, "edgequeue_faults", faults.Count(), ("code", faults.Key));
        }

        if (picture.Status.Cloud is { } cloud)
        {
            Head(text, "edgequeue_cloud_connected", "gauge", "1 while the cloud's broker is connected.");
            Line(text, "edgequeue_cloud_connected", cloud.Connected ? 1 : 0);
            Head(text, "edgequeue_cloud_stored_seq", "gauge", "Last event that the cloud acknowledged.");
            Line(text, "edgequeue_cloud_stored_seq", cloud.Stored);
        }

        if (picture.Waits is { } waits)
        {
            Waits(text, picture, waits);
        }

        Head(text, "process_resident_memory_bytes", "gauge", "Resident memory.");
        Line(text, "process_resident_memory_bytes", Environment.WorkingSet);
    }

    private static void Waits(StringBuilder text, HubPicture picture, WaitBoard waits)
    {
        Head(text, "edgequeue_expected_wait_minutes", "gauge", "Of somebody who takes a ticket now, by service; 0: at once.");
        foreach (QueuePicture queue in picture.Queues)
        {
            if (waits.Newcomers.TryGetValue(new(queue.Service, null), out WaitPrediction? prediction))
            {
                ExpectedWait? minutes = WaitBoard.Minutes(prediction);
                Line(text, "edgequeue_expected_wait_minutes", minutes?.P50 ?? 0, ("service", queue.Service), ("quantile", "0.5"));
                Line(text, "edgequeue_expected_wait_minutes", minutes?.P90 ?? 0, ("service", queue.Service), ("quantile", "0.9"));
            }
        }

        ForecastText.Write(text, waits);
    }

    private static void Write(StringBuilder text, string name, string help, Histogram histogram)
    {
        Head(text, name, "histogram", help);
        long sum = 0;
        for (int i = 0; i < histogram.Bounds.Count; i++)
        {
            sum += histogram.At(i);
            Line(text, name + "_bucket", sum, ("le", histogram.Bounds[i].ToString(CultureInfo.InvariantCulture)));
        }

        sum += histogram.At(histogram.Bounds.Count);
        Line(text, name + "_bucket", sum, ("le", "+Inf"));
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum {histogram.Sum}\n{name}_count {sum}\n");
    }

    internal static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    internal static void Line(StringBuilder text, string name, long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{');
            for (int i = 0; i < labels.Length; i++)
            {
                text.Append(i == 0 ? "" : ",").Append(labels[i].Name).Append("=\"")
                    .Append(labels[i].Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                    .Append('"');
            }

            text.Append('}');
        }

        text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }
}
