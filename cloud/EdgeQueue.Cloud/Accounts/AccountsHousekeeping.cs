using System.Data.Common;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Forgets tries to sign in that are long over, once an hour. Every replica may do it.</summary>
internal sealed class AccountsHousekeeping(SignInThrottle throttle, TimeProvider time, ILogger<AccountsHousekeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            try
            {
                await throttle.ForgetAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                AccountsLog.NoDatabase(log, fault.Message);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Nobody who signs in needs this: the host goes on.
                AccountsLog.Broke(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

/// <summary>Event ids 700 … 799.</summary>
internal static partial class AccountsLog
{
    [LoggerMessage(700, LogLevel.Warning, "the database does not answer, trying again: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(701, LogLevel.Error, "forgetting old tries to sign in broke, trying again in an hour")]
    public static partial void Broke(ILogger log, Exception fault);
}
