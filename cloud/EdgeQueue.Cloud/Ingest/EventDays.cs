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
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                IngestLog.DaysFailed(log, fault.Message);
            }

            _ready.TrySetResult();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        long today = time.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000;
        long back = Math.Min(DaysBack, settings.KeepDays);
        foreach (string statement in database.Sql.MakeDays(today - back, today + DaysAhead))
        {
            await database.WriteAsync(
                async t =>
                {
                    await t.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@Lock)", new { Lock }, t);
                    return await t.Connection!.ExecuteAsync(statement, transaction: t);
                },
                cancellation);
        }

        while (await database.WriteAsync(t => database.Sql.ForgetDaysAsync(t, today - settings.KeepDays), cancellation))
        {
            // In parts: others write in between.
        }
    }
}
