using System.Globalization;
using EdgeQueue.Hub.Systemd;

namespace EdgeQueue.Cloud.Start;

/// <summary>
/// Tells systemd when the pages are served, and then that the process lives (sd_watchdog_enabled(3)): said by a thread of the pool that answers
/// requests, so a pool in which nothing moves any more is silent, and systemd starts the process again. Without systemd it does nothing.
/// </summary>
internal sealed class SystemdService(IHostApplicationLifetime process, TimeProvider time) : BackgroundService
{
    private const string Status = "serving";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var systemd = SystemdNotify.FromEnvironment();
        try
        {
            await StartedAsync(stoppingToken);
            systemd.Ready(Status);
            if (long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 3.0), time);
                while (await timer.WaitForNextTickAsync(stoppingToken))
                {
                    systemd.Watchdog(Status);
                }
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            systemd.Stopping();
        }
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = process.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
