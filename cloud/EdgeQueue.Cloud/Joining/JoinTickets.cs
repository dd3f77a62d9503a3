using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Joining;

/// <summary>Tickets of people outside in the database: what is wanted is there before the branch is asked.</summary>
internal sealed class JoinTickets(IDatabase database, JoinSettings settings, PersonStore people, TimeProvider time)
{
    private const long Day = 86_400_000;

    /// <summary>Of who takes one by SMS, and of who is answered.</summary>
    public const long NumberKeptFor = Day;

    /// <summary>Without the number.</summary>
    public const long KeptFor = 30 * Day;

    private const long LeaveWantedMs = 60_000;

    private const string From = "from join_ticket j join branch b on b.id = j.branch";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The latest unfinished ticket of a phone number.</summary>
    public Task<JoinTicket?> OpenOfAsync(DbTransaction transaction, PhoneNumber phone) => transaction.Connection!.QueryFirstOrDefaultAsync<JoinTicket?>(
        $"select {JoinTicket.Columns} {From} where j.person in (select id from person where phone = @Digits) and j.state in {JoinTicket.Unfinished} order by j.id desc limit 1",
        new { phone.Digits }, transaction);

    public Task<JoinTicket?> OpenOfAsync(PhoneNumber phone, CancellationToken cancellation) => database.WriteAsync(t => OpenOfAsync(t, phone), cancellation);

    /// <summary>The latest ticket of a browser, also one that was refused a moment ago.</summary>
    public Task<JoinTicket?> OfSessionAsync(string session, string branch, CancellationToken cancellation) => database.ReadAsync(
        c => c.QueryFirstOrDefaultAsync<JoinTicket?>(
            $"select {JoinTicket.Columns} {From} where j.session = @session and b.name = @branch and (j.state in {JoinTicket.Unfinished} or j.changed_at > @recent) order by j.id desc limit 1",
            new { session, branch, recent = Now - 600_000 }), cancellation);

    public Task<JoinTicket?> FindAsync(long id, CancellationToken cancellation) => database.ReadAsync(
        c => c.QueryFirstOrDefaultAsync<JoinTicket?>($"select {JoinTicket.Columns} {From} where j.id = @id", new { id }), cancellation);

    /// <summary>Somebody wants a ticket by SMS: once for each inbound message.</summary>
    /// <returns>Null: the branch has as many open tickets of people outside as it may.</returns>
    public async Task<long?> WantAsync(DbTransaction transaction, long branch, string service, string language, PhoneNumber phone)
    {
        if (await IsFullAsync(transaction, branch))
        {
            return null;
        }

        long person = await people.AddAsync(transaction, "ticket", "", phone, Now + NumberKeptFor);
        return await InsertAsync(transaction, branch, service, language, "sms", person, "", settings.SmsSeconds * 1_000L);
    }

    /// <summary>Somebody wants a ticket on the web: one browser has one.</summary>
    /// <returns>The one that it has already, or the new one; null: the branch has as many as it may.</returns>
    public async Task<JoinTicket?> WantAsync(string branch, long branchId, string service, string language, string session, long wantedMs, CancellationToken cancellation)
    {
        long? id = await database.WriteAsync<long?>(
            async transaction =>
            {
                await database.Sql.LockAsync(transaction, BitConverter.ToInt64(Convert.FromHexString(session).AsSpan(0, 8)));
                if (await transaction.Connection!.ExecuteScalarAsync<long?>(
                    $"select id from join_ticket where session = @session and branch = @branchId and state in {JoinTicket.Unfinished} limit 1", new { session, branchId }, transaction) is { } has)
                {
                    return has;
                }

                return await IsFullAsync(transaction, branchId) ? null : await InsertAsync(transaction, branchId, service, language, "web", null, session, wantedMs);
            },
            cancellation);
        return id is { } found ? await FindAsync(found, cancellation) : null;
    }

    /// <summary>Takes those that are due; while one replica is at one, the others leave it.</summary>
    public Task<IReadOnlyList<JoinTicket>> TakeDueAsync(long leaseMs, int most, CancellationToken cancellation) => database.WriteAsync<IReadOnlyList<JoinTicket>>(
        async transaction =>
        {
            DbConnection connection = transaction.Connection!;
            long[] ids = [.. await connection.QueryAsync<long>(
                $"select id from join_ticket where state in ('asking', 'unsure', 'leaving') and next_at <= @Now order by next_at limit {most}{database.Sql.ForUpdateSkipLocked}",
                new { Now }, transaction)];
            if (ids.Length == 0)
            {
                return [];
            }

            await connection.ExecuteAsync($"update join_ticket set next_at = @next where {database.Sql.AnyOf("id", "@ids")}", new { ids, next = Now + leaseMs }, transaction);
            return (await connection.QueryAsync<JoinTicket>($"select {JoinTicket.Columns} {From} where {database.Sql.AnyOf("j.id", "@ids")}", new { ids }, transaction)).AsList();
        },
        cancellation);

    /// <summary>Those whose turn may be near and to whom it was not said.</summary>
    public Task<IReadOnlyList<JoinTicket>> WaitingAsync(int most, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<JoinTicket>>(
        async connection => (await connection.QueryAsync<JoinTicket>(
            $"select {JoinTicket.Columns} {From} where j.state = 'open' and j.near = 0 and j.person is not null order by j.id limit {most}")).AsList(), cancellation);

    /// <summary>From here on the branch may hear of it.</summary>
    public Task<int> AskedAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("update join_ticket set asked = 1 where id = @id", new { id }, t), cancellation);

    /// <returns>False: it is in another state by now, whoever put it there has said so.</returns>
    public static async Task<bool> BecomeAsync(DbTransaction transaction, JoinTicket ticket, string state, long now, string reason = "", long? nextAt = null) =>
        await transaction.Connection!.ExecuteAsync(
            "update join_ticket set state = @state, reason = @reason, next_at = @next, changed_at = @now where id = @Id and state = @before",
            new { ticket.Id, before = ticket.State, state, reason, now, next = nextAt ?? now }, transaction) > 0;

    /// <summary>It is known which ticket it is. One that its person has given up meanwhile is left at once.</summary>
    /// <returns><see cref="JoinState.Open"/> or <see cref="JoinState.Leaving"/>; null: it was known already, or is over.</returns>
    public static Task<string?> TakenAsync(DbTransaction transaction, long id, long visit, string label, bool near, long now) =>
        transaction.Connection!.ExecuteScalarAsync<string?>(
            """
            update join_ticket set state = case when leave_press = '' then 'open' else 'leaving' end, wanted_until = case when leave_press = '' then wanted_until else @until end,
              visit = @visit, label = @label, near = @near, next_at = @now, changed_at = @now
            where id = @id and state in ('asking', 'unsure') returning state
            """,
            new { id, visit, label, near = near ? 1L : 0L, now, until = now + LeaveWantedMs }, transaction);

    /// <summary>It is to be given up; the branch is asked by <see cref="JoinDesk"/>, at once or when it is known which ticket it is.</summary>
    /// <returns>The ticket's state; null: it is being given up already, or over.</returns>
    public static Task<string?> LeaveAsync(DbTransaction transaction, JoinTicket ticket, long now) =>
        transaction.Connection!.ExecuteScalarAsync<string?>(
            """
            update join_ticket set state = case when state = 'open' then 'leaving' else state end, wanted_until = case when state = 'open' then @until else wanted_until end,
              next_at = case when state = 'open' then @now else next_at end, leave_press = @press, changed_at = @now
            where id = @Id and (state = 'open' or (state in ('asking', 'unsure') and leave_press = '')) returning state
            """,
            new { ticket.Id, press = BranchCommands.NewId(), until = now + LeaveWantedMs, now }, transaction);

    /// <returns>False: somebody has said it already.</returns>
    public static async Task<bool> NearAsync(DbTransaction transaction, JoinTicket ticket) =>
        await transaction.Connection!.ExecuteAsync("update join_ticket set near = 1 where id = @Id and near = 0 and state = 'open'", new { ticket.Id }, transaction) > 0;

    /// <summary>Those that nobody asks about any more are forgotten, and what was never resolved is over after a day.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async t => await t.Connection!.ExecuteAsync("update join_ticket set state = 'over', reason = 'old' where state in ('asking', 'unsure', 'open', 'leaving') and made_at < @day", new { day = Now - Day }, t)
            + await t.Connection!.ExecuteAsync("delete from join_ticket where made_at < @month", new { month = Now - KeptFor }, t),
        cancellation);

    private async Task<bool> IsFullAsync(DbTransaction transaction, long branch) => await transaction.Connection!.ExecuteScalarAsync<long>(
        $"select count(*) from join_ticket where branch = @branch and channel <> 'booking' and state in {JoinTicket.Unfinished}", new { branch }, transaction) >= settings.MostOpen;

    /// <summary>Who waits before a page asks themselves; JoinDesk takes over when they do not come back.</summary>
    private async Task<long> InsertAsync(DbTransaction transaction, long branch, string service, string language, string channel, long? person, string session, long wantedMs) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            """
            insert into join_ticket(press, branch, service, language, channel, person, session, state, reason, visit, label, wanted_until, asked, leave_press, counter, called_at, near,
              next_at, made_at, changed_at)
            values (@press, @branch, @service, @language, @channel, @person, @session, 'asking', '', -1, '', @until, 0, '', '', 0, 0, @next, @Now, @Now) returning id
            """,
            new { press = BranchCommands.NewId(), branch, service, language, channel, person, session, until = Now + wantedMs, next = Now + (person is null ? wantedMs : 0), Now }, transaction);
}
