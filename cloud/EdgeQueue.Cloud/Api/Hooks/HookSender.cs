using System.Data.Common;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>Tells the web hooks of programs, each in order, several at a time. Every replica does it.</summary>
internal sealed class HookSender(HookOutbox outbox, IHookCaller caller, ApiSettings settings, MailSettings mail, TimeProvider time, Complaints complaints, ILogger<HookSender> log) : BackgroundService
{
    private const int Hands = 4;

    /// <summary>To one hook before another has its turn.</summary>
    private const int MostInARow = 50;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Tidy = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [AlwaysAsync(Tidy, stop => outbox.TidyAsync(settings.HookDays * 86_400_000L, stop), stoppingToken), .. Enumerable.Range(0, Hands).Select(_ => AlwaysAsync(Look, EmptyAsync, stoppingToken))]);

    /// <summary>After 10 s, 20 s, 40 s … at most an hour, between half and all of it.</summary>
    internal static long Backoff(long failures) => (long)(Math.Min(3_600_000, 10_000 * Math.Pow(2, Math.Min(failures, 20))) * (0.5 + (Random.Shared.NextDouble() / 2)));

    private async Task AlwaysAsync(TimeSpan every, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await work(stop);
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "hooks"))
                {
                    MailLog.NoDatabase(log, fault.Message);
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // Whatever it is, the host goes on.
                if (complaints.MaySay("broke", "hooks"))
                {
                    MailLog.Broke(log, fault);
                }
            }
        }
    }

    internal async Task EmptyAsync(CancellationToken stop)
    {
        // Longer than all that is said in a row may take: nobody else says the same meanwhile.
        long each = mail.AnswerSeconds * 1_000L;
        long hold = (2 * each) + 60_000;
        while (!stop.IsCancellationRequested && await outbox.TakeAsync(hold, stop) is { } hook)
        {
            long began = time.GetTimestamp();
            for (int said = 0; said < MostInARow && time.GetElapsedTime(began).TotalMilliseconds < each && !stop.IsCancellationRequested; said++)
            {
                if (await outbox.NextAsync(hook.Id, stop) is not { } notice || !await SayAsync(hook, notice))
                {
                    break;
                }
            }

            await outbox.ReleaseAsync(hook.Id);
        }
    }

    /// <returns>False: not now.</returns>
    private async Task<bool> SayAsync(HookInHand hook, HookNotice notice)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (notice.Until <= now)
        {
            await outbox.GiveUpAsync(hook.Id, notice.Id, "dropped", "nobody took it in its time");
            return true;
        }

        HandingResult result = await caller.SendAsync(hook.Url, notice.Key, notice.Body, hook.Secret);
        MailFigures.Count("api", result.Handing);
        switch (result.Handing)
        {
            case Handing.Accepted:
                await outbox.DeliveredAsync(hook.Id, notice.Id);
                return true;
            case Handing.Refused:
                await outbox.GiveUpAsync(hook.Id, notice.Id, "failed", result.Reason);
                return true;
            default:
                await outbox.PutOffAsync(hook.Id, notice.Id, result.Reason, now + Backoff(hook.Failures));
                return false;
        }
    }
}
