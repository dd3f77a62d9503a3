using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>The tables of the rules and alerts.</summary>
internal sealed class AlertStore(IDatabase database, PersonStore people, TimeProvider time)
{
    public const int MostRules = 200;

    public const int MostRecipients = 20;

    /// <summary>Open alerts that are read for people; there may be more when the whole network is ill.</summary>
    public const int MostOpen = 5_000;

    /// <summary>Branches at which a roll-out failed and that are told of: nobody sends a thousand mails of one roll-out.</summary>
    public const int MostStopped = 100;

    private const int MostShown = 200;

    /// <summary>A number of somebody on call, until it is removed or erased.</summary>
    private const long PersonKept = 5L * 365 * 86_400_000;

    private const string Alerts =
        $"""
        select a.id as Id, a.rule as Rule, r.name as RuleName, r.kind as Kind, a.branch as Branch, b.name as Name,
          {BranchTitle.Of} as Title, b.region as Region,
          a.raised_at as RaisedAt, a.cleared_at as ClearedAt, a.value as Value, a.worst as Worst, a.acknowledged_at as AcknowledgedAt, a.acknowledged_by as AcknowledgedBy
        from alert a join alert_rule r on r.id = a.rule join branch b on b.id = a.branch {BranchTitle.Live}
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<AlertRule>> RulesAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<AlertRule>>(
        async connection => (await connection.QueryAsync<AlertRule>(
            "select id as Id, name as Name, kind as Kind, scope as Scope, raise_above as RaiseAbove, raise_seconds as RaiseSeconds, clear_below as ClearBelow, clear_seconds as ClearSeconds from alert_rule where removed = 0 order by id")).AsList(), cancellation);

    public Task<IReadOnlyList<AlertRecipient>> RecipientsAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<AlertRecipient>>(
        async connection => (await connection.QueryAsync<AlertRecipient>(
            """
            select a.id as Id, a.rule as Rule, a.channel as Channel, a.target as Target, a.person as Person, a.quiet as Quiet, a.zone as Zone, p.phone as Phone
            from alert_recipient a left join person p on p.id = a.person where a.removed = 0 order by a.id
            """)).AsList(), cancellation);

    /// <returns>Null: there are as many as there may be.</returns>
    public Task<long?> AddRuleAsync(AlertRule rule, CancellationToken cancellation) => database.WriteAsync<long?>(
        async t => await t.Connection!.ExecuteScalarAsync<long>("select count(*) from alert_rule where removed = 0", transaction: t) >= MostRules ? null
            : await t.Connection!.ExecuteScalarAsync<long>(
                """
                insert into alert_rule(name, kind, scope, raise_above, raise_seconds, clear_below, clear_seconds, removed)
                values (@Name, @Kind, @Scope, @RaiseAbove, @RaiseSeconds, @ClearBelow, @ClearSeconds, 0) returning id
                """,
                rule, t),
        cancellation);

    /// <summary>It watches no more, and what it has open is over.</summary>
    public Task<int> RemoveRuleAsync(long rule, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("delete from person where id in (select person from alert_recipient where rule = @rule)", new { rule }, t);
            await t.Connection!.ExecuteAsync("update alert_recipient set removed = 1, target = '' where rule = @rule", new { rule }, t);
            await t.Connection!.ExecuteAsync("update alert set cleared_at = @Now, open_key = cast(id as text) where rule = @rule and cleared_at = 0", new { rule, Now }, t);
            return await t.Connection!.ExecuteAsync("update alert_rule set removed = 1 where id = @rule", new { rule }, t);
        },
        cancellation);

    /// <returns>False: no such rule, or as many as there may be.</returns>
    public Task<bool> AddRecipientAsync(AlertRecipient recipient, PhoneNumber? phone, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from alert_rule where id = @Rule and removed = 0", recipient, t) == 0
                || await t.Connection!.ExecuteScalarAsync<long>("select count(*) from alert_recipient where rule = @Rule and removed = 0", recipient, t) >= MostRecipients)
            {
                return false;
            }

            long? person = phone is { } number ? await people.AddAsync(t, "alert", "", number, Now + PersonKept) : null;
            await t.Connection!.ExecuteAsync(
                "insert into alert_recipient(rule, channel, target, person, quiet, zone, removed) values (@Rule, @Channel, @Target, @person, @Quiet, @Zone, 0)",
                new { recipient.Rule, recipient.Channel, recipient.Target, person, recipient.Quiet, recipient.Zone }, t);
            return true;
        },
        cancellation);

    public Task<int> RemoveRecipientAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("delete from person where id in (select person from alert_recipient where id = @id)", new { id }, t);
            return await t.Connection!.ExecuteAsync("update alert_recipient set removed = 1, target = '' where id = @id", new { id }, t);
        },
        cancellation);

    /// <returns>At most <see cref="MostOpen"/>, the oldest.</returns>
    public Task<IReadOnlyList<AlertRow>> OpenAsync(VisibleBranches sees, CancellationToken cancellation) =>
        ReadAsync($"{Alerts} where a.cleared_at = 0 and {sees.Condition(database.Sql)} order by a.id limit {MostOpen}", new { sees.Regions, sees.Branches }, cancellation);

    /// <summary>Where one is open, each: who watches has to know all of them, or some would never be cleared.</summary>
    public Task<IReadOnlyList<OpenAlert>> OpenPlacesAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<OpenAlert>>(
        async connection => (await connection.QueryAsync<OpenAlert>("select rule as Rule, branch as Branch from alert where cleared_at = 0")).AsList(), cancellation);

    /// <summary>Where the last roll-out failed, while it is stopped: the first <see cref="MostStopped"/>.</summary>
    public Task<IReadOnlySet<long>> StoppedAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlySet<long>>(
        async connection => (await connection.QueryAsync<long>(
            $"""
            select r.branch from rollout o join rollout_branch r on r.rollout = o.id
            where o.id = (select max(id) from rollout) and o.state = 'stopped' and r.outcome = 'failed' order by r.said_at, r.branch limit {MostStopped}
            """)).ToHashSet(), cancellation);

    public Task<IReadOnlyList<AlertRow>> LatelyAsync(VisibleBranches sees, CancellationToken cancellation) => ReadAsync(
        $"{Alerts} where a.cleared_at > 0 and a.cleared_at > @from and {sees.Condition(database.Sql)} order by a.cleared_at desc limit {MostShown}",
        new { from = Now - (7 * 86_400_000L), sees.Regions, sees.Branches }, cancellation);

    /// <summary>Why messages about alerts did not go out in the last 24 hours, and how many.</summary>
    public Task<IReadOnlyList<Untold>> UntoldAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Untold>>(
        async c => (await c.QueryAsync<Untold>(
            """
            select channel as Channel, fault as Why, count(*) as Messages from (
              select 'SMS' as channel, fault from sms where purpose = 'alert' and state in ('dropped', 'failed', 'uncertain') and changed_at > @from
              union all select case channel when 'mail' then 'mail' else 'web hook' end, fault from notice
                where channel in ('mail', 'hook') and state in ('dropped', 'failed', 'uncertain') and changed_at > @from and key like 'alert:%') u
            group by 1, 2 order by 3 desc limit 20
            """,
            new { from = Now - 86_400_000L })).AsList(), cancellation);

    /// <returns>False: there is no such alert for them, or somebody has.</returns>
    public Task<bool> AcknowledgeAsync(long id, string who, VisibleBranches sees, CancellationToken cancellation) => database.WriteAsync(
        async t => await t.Connection!.ExecuteAsync(
            $"update alert set acknowledged_at = @Now, acknowledged_by = @who where id = @id and acknowledged_at = 0 and branch in (select b.id from branch b where {sees.Condition(database.Sql)})",
            new { id, who, Now, sees.Regions, sees.Branches }, t) > 0, cancellation);

    /// <summary>One replica watches at a time. Should two, by clocks that differ, the key of an open alert keeps it one.</summary>
    public Task<bool> WatchesAsync(string holder, long forMs, CancellationToken cancellation) => database.WriteAsync(
        async t => await t.Connection!.ExecuteScalarAsync<string?>(
            """
            insert into alert_watch(id, holder, until) values (1, @holder, @until)
            on conflict(id) do update set holder = excluded.holder, until = excluded.until where alert_watch.holder = excluded.holder or alert_watch.until < @Now returning holder
            """,
            new { holder, until = Now + forMs, Now }, t) == holder,
        cancellation);

    /// <returns>Null: it is open already.</returns>
    public async Task<long?> RaiseAsync(DbTransaction t, AlertRule rule, long branch, long value) => await t.Connection!.ExecuteScalarAsync<long?>(
        """
        insert into alert(rule, branch, open_key, raised_at, cleared_at, value, worst, acknowledged_at, acknowledged_by)
        select @rule, @branch, @key, @Now, 0, @value, @value, 0, '' from alert_rule where id = @rule and removed = 0 on conflict(open_key) do nothing returning id
        """,
        new { rule = rule.Id, branch, key = FormattableString.Invariant($"{rule.Id}:{branch}"), value, Now }, t);

    /// <summary>It is over; who was not yet told because of quiet hours is not told any more.</summary>
    public Task<int> ClearAsync(long rule, long branch, long worst, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            foreach (long id in (await t.Connection!.QueryAsync<long>("select id from alert where rule = @rule and branch = @branch and cleared_at = 0", new { rule, branch }, t)).AsList())
            {
                await t.Connection!.ExecuteAsync("update alert set cleared_at = @Now, open_key = cast(id as text), worst = case when worst > @worst then worst else @worst end where id = @id", new { id, Now, worst }, t);
                await t.Connection!.ExecuteAsync(
                    "update notice set state = 'dropped', fault = 'it was over before the quiet hours were', body = '', changed_at = @Now where state = 'waiting' and quiet = 1 and key like @like",
                    new { like = FormattableString.Invariant($"alert:{id}:%"), Now }, t);
            }

            return 1;
        },
        cancellation);

    private Task<IReadOnlyList<AlertRow>> ReadAsync(string sql, object parameters, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<AlertRow>>(
        async connection => (await connection.QueryAsync<AlertRow>(sql, parameters)).AsList(), cancellation);
}
