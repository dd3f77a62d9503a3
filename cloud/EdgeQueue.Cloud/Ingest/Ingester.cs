using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>
/// Takes what waits, of however many branches, stores it in one transaction and answers: one fsync for many. A transaction that fails is not
/// answered, and the hubs send again.
/// </summary>
internal sealed class Ingester(
    IngestSettings settings, IDatabase database, EventStore store, IngestChannels channels, IngestBrokers brokers, TroubledJournals troubled, Complaints complaints,
    ILogger<Ingester> log) : BackgroundService
{
    private const int MostBatches = 500;
    private const int MostEvents = 5_000;

    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int writers = database.Sql == Dialect.Sqlite ? 1 : settings.Writers;
        return brokers.All.Count == 0
            ? Task.CompletedTask
            : Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => WriteAsync(stoppingToken), stoppingToken)));
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        ChannelReader<(Broker From, ArrivedBatch Batch)> arrived = channels.Events.Reader;
        var taken = new List<(Broker From, ArrivedBatch Batch)>();
        var alone = new List<(Broker From, ArrivedBatch Batch)>();
        try
        {
            while (await arrived.WaitToReadAsync(stop))
            {
                taken.Clear();
                int events = 0;
                long bytes = 0;
                while (taken.Count + alone.Count < MostBatches && events < MostEvents && arrived.TryRead(out (Broker From, ArrivedBatch Batch) one))
                {
                    bytes += one.Batch.Bytes;
                    switch (troubled.TurnOf(one.Batch))
                    {
                        case JournalTurn.WithOthers:
                            taken.Add(one);
                            events += one.Batch.Batch.Events.Count;
                            break;
                        case JournalTurn.Alone:
                            alone.Add(one);
                            break;
                        default:
                            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "troubled"));
                            break;
                    }
                }

                if (taken.Count == 0 || await StoreAsync(taken, events, stop))
                {
                    await StoreEachAsync(alone, stop);
                }

                alone.Clear();
                channels.EventBytes.Free(bytes);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>One by one, until the database is in trouble: the hubs send the others again, and each of them would wait for it anew.</summary>
    private async Task<bool> StoreEachAsync(List<(Broker From, ArrivedBatch Batch)> batches, CancellationToken stop)
    {
        foreach ((Broker From, ArrivedBatch Batch) one in batches)
        {
            if (!await StoreAsync([one], one.Batch.Batch.Events.Count, stop))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>False: the database is in trouble.</returns>
    private async Task<bool> StoreAsync(List<(Broker From, ArrivedBatch Batch)> taken, int events, CancellationToken stop)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            IReadOnlyList<StoreAnswer> answers = await store.StoreAsync([.. taken.Select(t => t.Batch)], stop);
            for (int i = 0; i < taken.Count; i++)
            {
                troubled.Stored(taken[i].Batch);
                taken[i].From.Acknowledge(answers[i]);
            }

            IngestFigures.Batches.Add(taken.Count);
            IngestFigures.Events.Add(events);
            IngestFigures.StoreMs.Record(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            IngestFigures.Failed.Add(1);
            if (complaints.MaySay("store", taken.Count == 1 ? taken[0].Batch.Branch : ""))
            {
                IngestLog.StoreFailed(log, fault.Message);
            }

            if (fault is ForgottenIdsException)
            {
                return true;
            }

            if ((fault is DbException refused && database.Sql.IsItsOwn(refused)) || !await AnswersAsync(stop))
            {
                await Task.Delay(AfterFault, stop);
                return false;
            }

            if (taken.Count > 1)
            {
                // Something in it cannot be stored: the others must not wait for it.
                return await StoreEachAsync(taken, stop);
            }

            troubled.Failed(taken[0].Batch);
            return true;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        try
        {
            return await database.ReadAsync(async c => await c.ExecuteScalarAsync<long>("select 1"), stop) == 1;
        }
        catch (DbException)
        {
            return false;
        }
    }
}

/// <summary>The connections to all the cloud's brokers.</summary>
internal sealed class IngestBrokers(IngestSettings settings, IngestChannels channels, EventDays days, Complaints complaints, ILogger<IngestBrokers> log) : BackgroundService
{
    public IReadOnlyList<Broker> All { get; } = [.. settings.Addresses().Select(a => new Broker(a.Host, a.Port, settings, channels, complaints, log))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // First the days: an event of a day without a partition goes to the others, and its day could not be made any more.
        await days.Ready.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(All.Select(b => b.RunAsync(stoppingToken)));
    }
}
