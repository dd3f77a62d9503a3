using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using Npgsql;

namespace EdgeQueue.Cloud.Live;

/// <summary>
/// Keeps the board as the database is, whichever replica took a message: on PostgreSQL it listens, on SQLite this process is told by itself. Now and
/// then it reads all, in case something was missed.
/// </summary>
internal sealed class LiveFollower(IDatabase database, LiveStore store, LiveBoard board, TimeProvider time, ILogger<LiveFollower> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReadAllEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, bool> _changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.Changed += Note;
        Task listening = database is PostgresDatabase postgres ? ListenAsync(postgres, stoppingToken) : Task.CompletedTask;
        long readAll = 0;
        try
        {
            while (true)
            {
                try
                {
                    if (readAll == 0 || time.GetElapsedTime(readAll) > ReadAllEvery)
                    {
                        board.Put(await store.AllAsync(stoppingToken));
                        readAll = time.GetTimestamp();
                    }

                    long[] changed = [.. _changed.Keys];
                    foreach (long branch in changed)
                    {
                        _changed.TryRemove(branch, out _);
                    }

                    if (changed.Length > 0)
                    {
                        board.Put(await store.TheseAsync(changed, stoppingToken));
                    }
                }
                catch (DbException fault)
                {
                    IngestLog.StoreFailed(log, fault.Message);
                    readAll = 0;
                    await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
                }

                await Task.Delay(Period, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        store.Changed -= Note;
        await listening;
    }

    private void Note(IReadOnlyList<long> branches)
    {
        foreach (long branch in branches)
        {
            _changed[branch] = true;
        }
    }

    private async Task ListenAsync(PostgresDatabase postgres, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await postgres.Source.OpenConnectionAsync(stop);
                connection.Notification += (_, note) => Note([.. note.Payload.Split(',').Select(i => long.Parse(i, CultureInfo.InvariantCulture))]);
                await using (var listen = new NpgsqlCommand($"listen {LiveStore.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop);
                }

                while (true)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or IOException)
            {
                IngestLog.StoreFailed(log, fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
