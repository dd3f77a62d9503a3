using System.Data.Common;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Mail;

/// <summary>Empties the outbox. Every replica does it; a notice is taken by one.</summary>
internal sealed class NoticeSender(
    NoticeOutbox outbox, SmtpMailer mailer, HookCaller hooks, IEnumerable<ILetterComposer> composers, MailSettings settings, TimeProvider time, Complaints complaints, ILogger<NoticeSender> log)
    : BackgroundService
{
    /// <summary>After 10 s, 20 s, 40 s … at most an hour between two tries, and no more than these.</summary>
    private const int MostTries = 12;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Housekeeping = TimeSpan.FromHours(1);

    private long _forgot;

    /// <summary>Each channel by itself: no mail waits for a hook that does not answer, and no alarm behind the reminders of a day.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        AlwaysAsync(TidyAsync, stoppingToken), AlwaysAsync(stop => EmptyAsync("mail", stop), stoppingToken), AlwaysAsync(stop => EmptyAsync("hook", stop), stoppingToken),
        AlwaysAsync(stop => EmptyAsync("person", stop), stoppingToken));

    private async Task AlwaysAsync(Func<CancellationToken, Task> look, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await look(stop);
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "notice"))
                {
                    MailLog.NoDatabase(log, fault.Message);
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // Whatever it is, the host goes on.
                if (complaints.MaySay("broke", "notice"))
                {
                    MailLog.Broke(log, fault);
                }
            }
        }
    }

    private async Task TidyAsync(CancellationToken stop)
    {
        if (_forgot == 0 || time.GetElapsedTime(_forgot) > Housekeeping)
        {
            await outbox.ForgetAsync(stop);
            _forgot = time.GetTimestamp();
        }

        await outbox.GiveUpAsync(stop);
    }

    private async Task EmptyAsync(string channel, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await outbox.TakeAsync(channel, stop) is { } notice)
        {
            // What is taken is finished, also when the process is told to stop.
            await SendAsync(notice);
        }
    }

    private async Task SendAsync(NoticeRow notice)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (notice.Until <= now)
        {
            await outbox.EndAsync(notice.Id, "dropped", "it came too late to be of use", CancellationToken.None);
            return;
        }

        HandingResult result;
        try
        {
            if (notice.Channel == "person")
            {
                (NoticeRow? letter, string why) = await LetterAsync(notice);
                if (letter is null)
                {
                    await outbox.EndAsync(notice.Id, "dropped", why, CancellationToken.None);
                    return;
                }

                notice = letter;
            }

            result = notice.Channel == "hook" ? await hooks.SendAsync(notice) : await mailer.SendAsync(notice);
        }
        catch (DbException fault)
        {
            // Nothing has left: it is looked up before.
            result = new(Handing.NotNow, fault.Message);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // One notice that breaks something is looked at by a person; the outbox goes on.
            result = new(Handing.Uncertain, fault.Message);
        }

        if (notice.Channel == "person" && notice.Target.Length > 0)
        {
            // Servers repeat the address in their answers, and it is in one table only.
            result = result with { Reason = result.Reason.Replace(notice.Target, "(the address)", StringComparison.OrdinalIgnoreCase) };
        }

        MailFigures.Count(notice.Channel, result.Handing);
        switch (result.Handing)
        {
            case Handing.Accepted:
                await outbox.EndAsync(notice.Id, "sent", "", CancellationToken.None);
                break;
            case Handing.NotNow when notice.Tries < MostTries:
                await outbox.WaitAsync(notice.Id, now + Backoff(notice.Tries), result.Reason, CancellationToken.None);
                break;
            case Handing.Uncertain:
                MailLog.Uncertain(log, notice.Id, result.Reason);
                await outbox.EndAsync(notice.Id, "uncertain", result.Reason, CancellationToken.None);
                break;
            default:
                MailLog.Failed(log, notice.Id, result.Reason);
                await outbox.EndAsync(notice.Id, "failed", result.Reason, CancellationToken.None);
                break;
        }
    }

    /// <summary>A mail to a customer as it is to be sent now; or why there is none.</summary>
    private async Task<(NoticeRow? Letter, string Why)> LetterAsync(NoticeRow notice)
    {
        if (notice.Target.Length == 0)
        {
            return (null, "the person was erased");
        }

        if (await outbox.SentTodayAsync(notice.Target, CancellationToken.None) >= settings.PerPersonADay)
        {
            return (null, "this address has had as many mails today as it may (mail.perPersonADay)");
        }

        return notice.Body.Length > 0 ? (notice, "")
            : composers.FirstOrDefault(c => c.Knows(notice.Key)) is { } composer && await composer.ComposeAsync(notice.Key, CancellationToken.None) is { } letter
                ? (notice with { Subject = letter.Subject, Body = letter.Body, FileName = letter.FileName, File = letter.File }, "")
            : (null, "there is nothing to say any more");
    }

    /// <summary>Between half and all of a time that doubles.</summary>
    private static long Backoff(long tries) => (long)(Math.Min(3_600_000, 10_000 * Math.Pow(2, Math.Min(tries, 20) - 1)) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
