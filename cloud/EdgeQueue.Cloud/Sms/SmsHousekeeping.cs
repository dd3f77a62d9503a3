using System.Data.Common;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Forgets old messages, once an hour. Every replica may do it.</summary>
internal sealed class SmsHousekeeping(SmsOutbox outbox, TimeProvider time, ILogger<SmsHousekeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            try
            {
                await outbox.ForgetAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                SmsLog.NoDatabase(log, fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
