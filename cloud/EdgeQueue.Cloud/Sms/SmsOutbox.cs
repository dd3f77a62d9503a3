using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Sms;

/// <summary>A message that is to be sent.</summary>
/// <param name="Purpose">See <see cref="SmsPurpose"/>.</param>
/// <param name="Subject">What it is about; with the purpose it is one message, however often it is asked for.</param>
/// <param name="Person">A row of the one table with phone numbers.</param>
/// <param name="Text">'': it is put together when it is sent.</param>
/// <param name="At">Not before; milliseconds since 1970 UTC.</param>
/// <param name="Until">Afterwards it is of no use.</param>
internal sealed record SmsIntent(string Purpose, string Subject, long Person, string Language, string Text, string Zone, bool Urgent, long At, long Until);

/// <summary>Words of the column <c>purpose</c>.</summary>
internal static class SmsPurpose
{
    public const string Confirmation = "confirmation";

    public const string Moved = "moved";

    public const string Reminder = "reminder";

    /// <summary>Somebody's documents are ready.</summary>
    public const string Ready = "ready";

    public const string Reply = "reply";

    /// <summary>The one answer that somebody gets who wants no more.</summary>
    public const string Farewell = "farewell";
}

/// <summary>A message as the sender takes it.</summary>
internal sealed record SmsRow(
    long Id, string Purpose, string Subject, long? Person, string Language, string Text, string Zone, long Urgent, long Tries, long Until, string Report, string? Phone);

/// <summary>Parts that have left.</summary>
internal sealed record SmsSpent(long Hour, long Month);

/// <summary>Messages that did not go out for one reason.</summary>
internal sealed record Unsent(string Why, long Messages);

/// <summary>What is to be sent, and how it stands. Every change is durable before the next step.</summary>
internal sealed class SmsOutbox(IDatabase database, SmsSettings settings, TimeProvider time)
{
    /// <summary>After the provider's time is over: the answer is written down by then.</summary>
    private const long Margin = 5_000;

    private const long Day = 86_400_000;

    /// <summary>After it has ended.</summary>
    public const long KeptFor = 400 * Day;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Inside the transaction of what it is about: there is no booking without its message, and no message without its booking.</summary>
    /// <returns>False: it was there already, or nothing is sent here.</returns>
    public async Task<bool> AddAsync(DbTransaction transaction, SmsIntent intent) => settings.On && await transaction.Connection!.ExecuteAsync(
        """
        insert into sms(purpose, subject, person, language, text, zone, urgent, state, fault, tries, next_at, until, parts, cost, report, made_at, changed_at, month)
        values (@Purpose, @Subject, @Person, @Language, @Text, @Zone, @urgent, 'waiting', '', 0, @At, @Until, 0, 0, @report, @Now, @Now, '')
        on conflict(purpose, subject) do nothing
        """,
        new
        {
            intent.Purpose, intent.Subject, intent.Person, intent.Language, intent.Text, intent.Zone, urgent = intent.Urgent ? 1L : 0L, intent.At, intent.Until,
            report = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), Now,
        },
        transaction) > 0;

    /// <summary>Whether it was asked for before.</summary>
    public static async Task<bool> HasAsync(DbTransaction transaction, string purpose, string subject) => await transaction.Connection!.ExecuteScalarAsync<long>(
        "select count(*) from sms where purpose = @purpose and subject = @subject", new { purpose, subject }, transaction) > 0;

    /// <summary>
    /// Takes the next one that is due. From here on it is being sent; whoever does not come back from it leaves it uncertain. One at a time: a
    /// process that is killed leaves one uncertain message and not many.
    /// </summary>
    /// <returns>Null: nothing is due.</returns>
    public Task<SmsRow?> TakeAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            DbConnection connection = transaction.Connection!;
            if (await connection.ExecuteScalarAsync<long?>(
                $"select id from sms where state = 'waiting' and next_at <= @Now order by next_at limit 1{database.Sql.ForUpdateSkipLocked}", new { Now }, transaction) is not { } id)
            {
                return null;
            }

            await connection.ExecuteAsync(
                "update sms set state = 'sending', tries = tries + 1, next_at = @next, changed_at = @Now where id = @id", new { id, next = Now + (settings.AnswerSeconds * 1_000L) + Margin, Now }, transaction);
            return await connection.QuerySingleAsync<SmsRow>(
                """
                select s.id as Id, s.purpose as Purpose, s.subject as Subject, s.person as Person, s.language as Language, s.text as Text, s.zone as Zone,
                  s.urgent as Urgent, s.tries as Tries, s.until as Until, s.report as Report, p.phone as Phone
                from sms s left join person p on p.id = s.person where s.id = @id
                """,
                new { id }, transaction);
        },
        cancellation);

    /// <summary>Of an uncertain one the text goes, since it may hold a link. "Your documents are ready" holds none, and nothing else could put it together again.</summary>
    private const string KeptText = "case when purpose = 'ready' then text else '' end";

    /// <summary>Those that somebody began to send and did not finish: nobody knows, and they are not sent again by themselves.</summary>
    public Task<int> GiveUpAsync(CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            $"update sms set state = 'uncertain', fault = 'the process ended while it was being sent', text = {KeptText}, month = @month, changed_at = @Now where state = 'sending' and next_at <= @Now",
            new { Now, month = MonthOf(time.GetUtcNow()) }, transaction), cancellation);

    /// <summary>It waits again.</summary>
    public Task<int> WaitAsync(long id, long next, string fault, bool counts, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update sms set state = 'waiting', next_at = @next, fault = @fault, tries = tries - @back, changed_at = @Now where id = @id and state = 'sending'",
            new { id, next, fault, back = counts ? 0L : 1L, Now }, transaction), cancellation);

    /// <summary>It has ended so (a delivery report that was faster says more); its text, which may hold a secret link, is not kept.</summary>
    public Task<int> EndAsync(long id, string state, string fault, SmsLength? length, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            $"""
            update sms set state = case when state in ('sending', 'uncertain') then @state else state end, fault = @fault, text = case when @state = 'uncertain' then {KeptText} else '' end, parts = @parts, cost = @cost,
              month = @month, changed_at = @Now
            where id = @id and state in ('sending', 'uncertain', 'delivered', 'failed')
            """,
            new
            {
                id, state, fault, parts = (long)(length?.Parts ?? 0), cost = (long)(length?.Parts ?? 0) * settings.CostPerPart,
                month = length is null && state != "uncertain" ? "" : MonthOf(time.GetUtcNow()), Now,
            },
            transaction), cancellation);

    /// <summary>A delivery report. It may come before the provider's own answer was written down, and makes an uncertain one certain.</summary>
    /// <returns>False: there is no such message.</returns>
    public Task<bool> ReportAsync(string report, bool delivered, CancellationToken cancellation) => database.WriteAsync(
        async transaction => await transaction.Connection!.ExecuteAsync(
            "update sms set state = @state, fault = @fault, text = '', changed_at = @Now where report = @report and state in ('sending', 'sent', 'uncertain', 'delivered', 'failed')",
            new { report, state = delivered ? "delivered" : "failed", fault = delivered ? "" : "the network did not deliver it", Now }, transaction) > 0, cancellation);

    /// <summary>How many this number was sent in the last 24 hours.</summary>
    public Task<long> SentTodayAsync(string phone, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            """
            select count(*) from sms s join person p on p.id = s.person
            where p.phone = @phone and s.changed_at > @from and s.state in ('sent', 'delivered', 'failed', 'uncertain')
            """,
            new { phone, from = Now - Day }), cancellation);

    /// <summary>Parts that have left, in the last hour and in this month: what is paid for.</summary>
    public Task<SmsSpent> SpentAsync(CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleAsync<SmsSpent>(
            """
            select cast(coalesce(sum(case when changed_at > @from then parts else 0 end), 0) as bigint) as Hour,
              cast(coalesce(sum(case when month = @month then parts else 0 end), 0) as bigint) as Month
            from sms where month in (@month, @before)
            """,
            new { from = Now - 3_600_000, month = MonthOf(time.GetUtcNow()), before = MonthOf(time.GetUtcNow().AddHours(-1)) }), cancellation);

    /// <summary>What did not go out in the last 24 hours by a rule of ours, by reason: no limit is silent.</summary>
    public Task<IReadOnlyList<Unsent>> DroppedAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Unsent>>(
        async connection => (await connection.QueryAsync<Unsent>(
            "select fault as Why, count(*) as Messages from sms where state = 'dropped' and changed_at > @from group by fault order by count(*) desc, fault limit 20", new { from = Now - Day })).AsList(), cancellation);

    private static string MonthOf(DateTimeOffset at) => at.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Forgets messages that ended more than 400 days ago, and after 30 days which inbound ones came: no gateway tells one again so late.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            DbConnection connection = transaction.Connection!;
            int gone = await connection.ExecuteAsync(
                "delete from sms where state not in ('waiting', 'sending') and changed_at < @before", new { before = Now - KeptFor }, transaction);
            return gone + await connection.ExecuteAsync("delete from sms_inbound where at < @before", new { before = Now - (30 * Day) }, transaction);
        },
        cancellation);

    /// <summary>Whether this number wants no SMS.</summary>
    public Task<bool> IsStoppedAsync(string phone, CancellationToken cancellation) => database.ReadAsync(connection => IsStoppedAsync(connection, phone, null), cancellation);

    /// <summary>The same inside a transaction.</summary>
    public static Task<bool> IsStoppedAsync(DbTransaction transaction, string phone) => IsStoppedAsync(transaction.Connection!, phone, transaction);

    /// <summary>The language in which this number was last written to; null: it was not, or that is forgotten.</summary>
    public static Task<string?> LastLanguageAsync(DbTransaction transaction, string phone) => transaction.Connection!.ExecuteScalarAsync<string?>(
        "select s.language from sms s join person p on p.id = s.person where p.phone = @phone and s.language <> '' order by s.made_at desc, s.id desc limit 1", new { phone }, transaction);

    /// <summary>A person has looked and wants an uncertain one sent again.</summary>
    public Task<int> AgainAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update sms set state = 'waiting', fault = '', tries = 0, next_at = @Now, until = @until, changed_at = @Now where id = @id and state = 'uncertain' and (purpose in ('confirmation', 'moved', 'reminder') or (purpose = 'ready' and text <> ''))",
            new { id, Now, until = Now + Day }, transaction), cancellation);

    private static async Task<bool> IsStoppedAsync(DbConnection connection, string phone, DbTransaction? transaction) =>
        await connection.ExecuteScalarAsync<long>("select count(*) from person where phone = @phone and purpose = 'stop'", new { phone }, transaction) > 0;
}
