using System.Data.Common;
using System.Net.Mail;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Mail;

/// <summary>Something that is to be told to a mailbox, a web hook or a customer.</summary>
/// <param name="Key">What it is about, once: however often it is asked for, it is one notice.</param>
/// <param name="Channel"><c>mail</c>, <c>hook</c>, or <c>person</c>: a mail to a customer.</param>
/// <param name="Body">Text, or the JSON of a hook; '' of a reminder to a customer: it is put together when it is sent. A confirmation has its text, with the secret link, until it has left.</param>
/// <param name="File">XLSX or iCalendar beside a mail; empty: none.</param>
/// <param name="At">Not before; milliseconds since 1970 UTC.</param>
/// <param name="Until">Afterwards it is of no use.</param>
/// <param name="Quiet">It waits for the end of quiet hours.</param>
/// <param name="Person">To whom, a row of the one table with addresses; then the target is ''.</param>
internal sealed record NoticeIntent(
    string Key, string Channel, string Target, string Subject, string Body, string FileName, byte[] File, long At, long Until, bool Quiet, long? Person = null);

/// <summary>What is to be told, and how it stands. Every change is durable before the next step.</summary>
internal sealed class NoticeOutbox(IDatabase database, MailSettings settings, TimeProvider time)
{
    /// <summary>Longest address.</summary>
    public const int LongestTarget = 500;

    /// <summary>After the server's time is over: the answer is written down by then.</summary>
    private const long Margin = 15_000;

    /// <summary>So long it is known to whom something went.</summary>
    public const int KeptAddressDays = 30;

    /// <summary>And that something went at all.</summary>
    public const int KeptDays = 400;

    private const long Day = 86_400_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether something can be sent there.</summary>
    public static bool IsTarget(string channel, string target) => target.Length is > 0 and <= LongestTarget && channel switch
    {
        "mail" => MailAddress.TryCreate(target, out MailAddress? address) && address.Address == target && target.All(char.IsAscii),
        "hook" => Uri.TryCreate(target, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && Uri.IsWellFormedUriString(target, UriKind.Absolute),
        _ => false,
    };

    /// <summary>Inside the transaction of what it is about.</summary>
    /// <returns>False: it was there already.</returns>
    public async Task<bool> AddAsync(DbTransaction transaction, NoticeIntent intent) => await transaction.Connection!.ExecuteAsync(
        """
        insert into notice(key, channel, target, subject, body, file_name, file, state, fault, tries, next_at, until, quiet, made_at, changed_at, person)
        values (@Key, @Channel, @Target, @Subject, @Body, @FileName, @File, 'waiting', '', 0, @At, @Until, @quiet, @Now, @Now, @Person) on conflict(key) do nothing
        """,
        new
        {
            intent.Key, intent.Channel, intent.Target, intent.Subject, intent.Body, intent.FileName, intent.File, intent.At, intent.Until, quiet = intent.Quiet ? 1L : 0L, Now, intent.Person,
        },
        transaction) > 0;

    /// <summary>
    /// Takes the next one of a channel that is due. From here on it is being sent; whoever does not come back from it leaves it uncertain. What one person is told comes in its
    /// order: "booked" after "moved" would tell the old time. A reminder, which has no text yet, holds nothing up.
    /// </summary>
    public Task<NoticeRow?> TakeAsync(string channel, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            DbConnection connection = transaction.Connection!;
            if (await connection.ExecuteScalarAsync<long?>(
                $"""
                select n.id from notice n where n.state = 'waiting' and n.channel = @channel and n.next_at <= @Now
                  and not exists (select 1 from notice e where e.person = n.person and e.id < n.id and e.state in ('waiting', 'sending') and e.body <> '')
                order by n.next_at limit 1{database.Sql.ForUpdateSkipLocked}
                """,
                new { channel, Now }, transaction) is not { } id)
            {
                return null;
            }

            await connection.ExecuteAsync(
                "update notice set state = 'sending', tries = tries + 1, next_at = @next, changed_at = @Now where id = @id", new { id, next = Now + (settings.AnswerSeconds * 1_000L) + Margin, Now }, transaction);
            return await connection.QuerySingleAsync<NoticeRow>(
                """
                select n.id as Id, n.key as Key, n.channel as Channel, case when n.channel = 'person' then coalesce(p.mail, '') else n.target end as Target, n.subject as Subject, n.body as Body,
                  n.file_name as FileName, n.file as File, n.tries as Tries, n.until as Until
                from notice n left join person p on p.id = n.person where n.id = @id
                """,
                new { id }, transaction);
        },
        cancellation);

    /// <summary>Those that somebody began to send and did not finish. A hook has an id that is taken once, so it waits again; of a mail nobody knows.</summary>
    public Task<int> GiveUpAsync(CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            update notice set state = case when channel = 'hook' then 'waiting' else 'uncertain' end, fault = 'the process ended while it was being sent', changed_at = @Now
            where state = 'sending' and next_at <= @Now
            """,
            new { Now }, transaction), cancellation);

    public Task<int> WaitAsync(long id, long next, string fault, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update notice set state = 'waiting', next_at = @next, fault = @fault, changed_at = @Now where id = @id and state = 'sending'", new { id, next, fault, Now }, transaction), cancellation);

    /// <summary>It has ended so; what was sent is not kept, what is uncertain may be sent again by a person.</summary>
    public Task<int> EndAsync(long id, string state, string fault, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            update notice set state = @state, fault = @fault, body = case when @state = 'uncertain' then body else '' end, file = case when @state = 'uncertain' then file else @nothing end, changed_at = @Now
            where id = @id and state in ('sending', 'uncertain')
            """,
            new { id, state, fault, nothing = Array.Empty<byte>(), Now }, transaction), cancellation);

    /// <summary>How many mails this address was sent in the last 24 hours, whatever they were about.</summary>
    public Task<long> SentTodayAsync(string mail, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from notice n join person p on p.id = n.person where lower(p.mail) = @mail and n.changed_at > @from and n.state in ('sent', 'uncertain')",
            new { mail = mail.ToLowerInvariant(), from = Now - Day }), cancellation);

    /// <summary>A person has looked and wants an uncertain one sent again.</summary>
    public Task<int> AgainAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update notice set state = 'waiting', fault = '', tries = 0, next_at = @Now, until = @until, changed_at = @Now where id = @id and state = 'uncertain'", new { id, Now, until = Now + Day }, transaction), cancellation);

    /// <summary>To this address nothing is sent any more, and nothing says any more that something was. What is just being sent ends as it ends, and is forgotten with its time.</summary>
    public static Task<int> EraseAsync(DbTransaction transaction, string mailKey, long now) => transaction.Connection!.ExecuteAsync(
        """
        update notice set target = '', body = '', file = @nothing, fault = 'the address was erased', state = case when state in ('waiting', 'uncertain') then 'dropped' else state end, changed_at = @now
        where channel = 'mail' and lower(target) = @mailKey and state <> 'sending'
        """,
        new { mailKey, now, nothing = Array.Empty<byte>() }, transaction);

    /// <summary>After 400 days nobody asks any more; after 30 an uncertain one loses its text, and each that has ended its address, and what a server said of it.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                "update notice set body = '', file = @nothing, state = 'failed' where state = 'uncertain' and changed_at < @before", new { nothing = Array.Empty<byte>(), before = Now - (KeptAddressDays * Day) }, transaction);
            await transaction.Connection!.ExecuteAsync(
                "update notice set target = '', fault = '' where channel in ('mail', 'hook') and target <> '' and state not in ('waiting', 'sending', 'uncertain') and changed_at < @before",
                new { before = Now - (KeptAddressDays * Day) }, transaction);
            return await transaction.Connection!.ExecuteAsync("delete from notice where state not in ('waiting', 'sending') and changed_at < @before", new { before = Now - (KeptDays * Day) }, transaction);
        },
        cancellation);
}
