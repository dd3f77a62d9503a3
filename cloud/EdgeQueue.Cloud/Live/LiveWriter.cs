using System.Data.Common;
using System.Text;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Updates;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Live;

/// <summary>Writes what came in a quarter of a second at once; of each branch the latest only.</summary>
internal sealed class LiveWriter(IngestChannels channels, LiveStore store, DeviceVersions versions, TimeProvider time, Complaints complaints, ILogger<LiveWriter> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var latest = new Dictionary<string, ReadLive>(StringComparer.Ordinal);
        try
        {
            while (await channels.Live.Reader.WaitToReadAsync(stoppingToken))
            {
                while (channels.Live.Reader.TryRead(out ArrivedLive? arrived))
                {
                    Take(arrived, latest);
                }

                await WriteAsync(latest, stoppingToken);
                await Task.Delay(Period, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop: what is not written comes again within half a minute.
        }
    }

    private static void Take(ArrivedLive arrived, Dictionary<string, ReadLive> latest)
    {
        if (LinkJson.TryRead(arrived.Bytes.Span, out LiveMessage? live, out _) && live.V == 1)
        {
            latest[arrived.Branch] = new ReadLive(arrived.Branch, live, Encoding.UTF8.GetString(arrived.Bytes.Span));
        }
        else
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "live"));
        }
    }

    private async Task WriteAsync(Dictionary<string, ReadLive> latest, CancellationToken stop)
    {
        if (latest.Count == 0)
        {
            return;
        }

        try
        {
            await store.PutAsync([.. latest.Values], stop);
            await versions.PutAsync([.. latest.Values], stop);
            latest.Clear();
        }
        catch (DbException fault)
        {
            // Kept, and written when the database is back: the latest of each branch and no more.
            if (complaints.MaySay("store", "live"))
            {
                IngestLog.StoreFailed(log, fault.Message);
            }
        }
    }
}
