using System.Data.Common;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>A room that takes what hubs say of one kind, besides events and live: registered with the services.</summary>
public interface IReportTaker
{
    TopicKind Kind { get; }

    /// <summary>Once for each message that came; it may come again, and from an older copy of a hub.</summary>
    Task TakeAsync(ArrivedReport report, CancellationToken cancellation);
}

/// <summary>Gives the reports to the rooms that take them, one after the other.</summary>
internal sealed class ReportDesk(IngestChannels channels, IEnumerable<IReportTaker> takers, Complaints complaints, ILogger<ReportDesk> log) : BackgroundService
{
    private readonly Dictionary<TopicKind, IReportTaker> _takers = takers.ToDictionary(t => t.Kind);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ArrivedReport report in channels.Reports.Reader.ReadAllAsync(stoppingToken))
        {
            if (!new Topics(report.Branch).TryParse(report.Topic, out TopicAddress? address) || !_takers.TryGetValue(address.Kind, out IReportTaker? taker))
            {
                continue;
            }

            try
            {
                await taker.TakeAsync(report, stoppingToken);
            }
            catch (DbException fault)
            {
                // The hub says it again when it connects, and after each message.
                if (complaints.MaySay("report", report.Branch))
                {
                    IngestLog.ReportNotTaken(log, report.Branch, fault.Message);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What one hub says must not end the process for all.
                if (complaints.MaySay("report broke", report.Branch))
                {
                    IngestLog.ReportNotTaken(log, report.Branch, fault.ToString());
                }
            }
        }
    }
}
