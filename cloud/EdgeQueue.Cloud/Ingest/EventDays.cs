using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>Makes room for the days to come and forgets those that are older than the settings say; once an hour, by whichever replica.</summary>
internal sealed class EventDays(IngestSettings settings, IDatabase database, TimeProvider time, ILogger<EventDays> log) : BackgroundService
{
    /// <summary>A branch that was offline for a month catches up into days of its own.</summary>
    private const int DaysBack = 31;
    private const int DaysAhead = 7;

    private const long Lock = 0x6571_6461_7973;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The days are made, or cannot be.</summary>
    public Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            await LookAsync(stoppingToken);
            _ready.TrySetResult();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        long today = time.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000;
        long back = Math.Min(DaysBack, settings.KeepDays);
        foreach (IReadOnlyList<string> day in database.Sql.MakeDays(today - back, today + DaysAhead))
        {
            // Each by itself: one that cannot be made keeps neither the others from being made nor old ones from being forgotten.
            await TriedAsync(() => database.WriteAsync(
                async t =>
                {
                    await database.Sql.LockAsync(t, Lock);
                    foreach (string statement in day)
                    {
                        await t.Connection!.ExecuteAsync(statement, transaction: t);
                    }

                    return false;
                },
                cancellation));
        }

        while (await TriedAsync(() => database.WriteAsync(
            async t =>
            {
                // The same lock: what one replica drops another one neither makes nor drops.
                await database.Sql.LockAsync(t, Lock);
                return await database.Sql.ForgetDaysAsync(t, today - settings.KeepDays);
            },
            cancellation)))
        {
            // In parts: others write in between.
        }
    }

    private async Task<bool> TriedAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException fault)
        {
            IngestLog.DaysFailed(log, fault.Message);
            return false;
        }
    }
}
