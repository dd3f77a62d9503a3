using System.Data.Common;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Puts a message together when it is sent, from what holds then.</summary>
internal interface ISmsComposer
{
    /// <summary>Whether it is about something of its own.</summary>
    bool Knows(string subject);

    /// <param name="subject">As in the outbox.</param>
    /// <returns>Null: there is nothing to say any more.</returns>
    Task<string?> ComposeAsync(string purpose, string subject, string language, CancellationToken cancellation);
}

/// <summary>Empties the outbox, as fast as the settings allow. Every replica does it; a message is taken by one.</summary>
internal sealed class SmsSender(SmsOutbox outbox, ISmsProvider provider, IEnumerable<ISmsComposer> composers, SmsSettings settings, SmsAddress address, TimeProvider time, Complaints complaints, ILogger<SmsSender> log)
    : BackgroundService
{
    /// <summary>After 10 s, 20 s, 40 s … at most an hour between two tries, and no more than these.</summary>
    private const int MostTries = 12;

    /// <summary>Until a message is tried again that met a ceiling, ms.</summary>
    private const long AfterLimit = 60_000;

    private const long SpentHolds = 5_000;

    private SmsSpent _spent = new(0, 0);
    private long _spentAt = long.MinValue / 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.On)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await outbox.GiveUpAsync(stoppingToken);
                while (!stoppingToken.IsCancellationRequested && await outbox.TakeAsync(stoppingToken) is { } row)
                {
                    // What is taken is finished, also when the process is told to stop: it has an end of its own.
                    await SendOrFailAsync(row);
                    await Task.Delay(TimeSpan.FromSeconds(1.0 / settings.PerSecond), time, CancellationToken.None);
                }
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "sms"))
                {
                    SmsLog.NoDatabase(log, fault.Message);
                }
            }
        }
    }

    /// <summary>One message that breaks something ends as uncertain, which a person looks at; the outbox goes on.</summary>
    private async Task SendOrFailAsync(SmsRow row)
    {
        try
        {
            await SendAsync(row);
        }
        catch (Exception fault) when (fault is not DbException and not OutOfMemoryException)
        {
            SmsLog.Uncertain(log, row.Id, fault.Message);
            await outbox.EndAsync(row.Id, "uncertain", fault.Message, null, CancellationToken.None);
        }
    }

    private async Task SendAsync(SmsRow row)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (row.Phone is not { } phone)
        {
            await outbox.EndAsync(row.Id, "dropped", "the person was erased", null, CancellationToken.None);
        }
        else if (row.Until <= now)
        {
            await outbox.EndAsync(row.Id, "dropped", "it came too late to be of use", null, CancellationToken.None);
        }
        else if (row.Purpose != SmsPurpose.Farewell && await outbox.IsStoppedAsync(phone, CancellationToken.None))
        {
            await outbox.EndAsync(row.Id, "dropped", "this number wants no SMS", null, CancellationToken.None);
        }
        else if (!settings.WritesTo(phone))
        {
            SmsFigures.Count("limited");
            await outbox.EndAsync(row.Id, "dropped", "numbers of this country are not written to (sms.countries)", null, CancellationToken.None);
        }
        else if (await LimitAsync(now) is { } limit)
        {
            SmsFigures.Count("limited");
            await outbox.WaitAsync(row.Id, now + AfterLimit, limit, counts: false, CancellationToken.None);
        }
        else if (row.Urgent == 0 && settings.Quiet is { } quiet && quiet.After(now, Zone(row)) is var after && after > now)
        {
            await outbox.WaitAsync(row.Id, after, "quiet hours", counts: false, CancellationToken.None);
        }
        else if (await outbox.SentTodayAsync(phone, CancellationToken.None) >= settings.PerNumberADay)
        {
            SmsFigures.Count("limited");
            await outbox.EndAsync(row.Id, "dropped", "this number has had as many messages today as it may", null, CancellationToken.None);
        }
        else if (await TextAsync(row) is not { } text)
        {
            await outbox.EndAsync(row.Id, "dropped", "there is nothing to say any more", null, CancellationToken.None);
        }
        else
        {
            await HandOverAsync(row, phone, text, now);
        }
    }

    private async Task<string?> TextAsync(SmsRow row) => row.Text.Length > 0 ? row.Text
        : composers.FirstOrDefault(c => c.Knows(row.Subject)) is { } composer ? await composer.ComposeAsync(row.Purpose, row.Subject, row.Language, CancellationToken.None) : null;

    /// <summary>Which ceiling of the whole outbox is reached; null: none. Looked up every few seconds: several replicas may go a little beyond it.</summary>
    private async Task<string?> LimitAsync(long now)
    {
        if (now - _spentAt >= SpentHolds || now < _spentAt)
        {
            (_spent, _spentAt) = (await outbox.SpentAsync(CancellationToken.None), now);
        }

        return _spent.Hour >= settings.PartsAnHour ? "the hour's ceiling is reached (sms.partsAnHour)"
            : _spent.Month >= settings.PartsAMonth ? "the month's ceiling is reached (sms.partsAMonth)"
            : null;
    }

    private async Task HandOverAsync(SmsRow row, string phone, string text, long now)
    {
        int parts = SmsLength.Of(text).Parts;
        _spent = new(_spent.Hour + parts, _spent.Month + parts);
        SmsResult result = await provider.SendAsync(phone, text, address.ReportOf(row.Report), CancellationToken.None);
        SmsFigures.Count(result.Handing.ToString().ToLowerInvariant());
        switch (result.Handing)
        {
            case SmsHanding.Accepted:
                await outbox.EndAsync(row.Id, "sent", "", SmsLength.Of(text), CancellationToken.None);
                break;
            case SmsHanding.NotNow when row.Tries < MostTries:
                await outbox.WaitAsync(row.Id, now + Backoff(row.Tries), result.Reason, counts: true, CancellationToken.None);
                break;
            case SmsHanding.Uncertain:
                SmsLog.Uncertain(log, row.Id, result.Reason);
                await outbox.EndAsync(row.Id, "uncertain", result.Reason, SmsLength.Of(text), CancellationToken.None);
                break;
            default:
                SmsLog.Failed(log, row.Id, result.Reason);
                await outbox.EndAsync(row.Id, "failed", result.Reason, null, CancellationToken.None);
                break;
        }
    }

    /// <summary>Between half and all of a time that doubles.</summary>
    private static long Backoff(long tries) => (long)(Math.Min(3_600_000, 10_000 * Math.Pow(2, Math.Min(tries, 20) - 1)) * (0.5 + (Random.Shared.NextDouble() / 2)));

    private static TimeZoneInfo Zone(SmsRow row) => TimeZoneInfo.TryFindSystemTimeZoneById(row.Zone, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;
}
