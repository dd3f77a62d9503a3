using System.Data.Common;

namespace EdgeQueue.Cloud.Start;

/// <summary>
/// Forgets what is over, at the start and every so often. Every replica may do it: nobody waits for it, so no fault in it ends the process.
/// </summary>
internal abstract class Housekeeping(string what, TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    protected abstract Task ForgetAsync(CancellationToken cancellation);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                CloudLog.NotForgotten(log, what, fault.Message);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                CloudLog.HousekeepingBroke(log, what, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
