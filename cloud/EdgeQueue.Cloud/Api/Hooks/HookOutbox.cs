using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>A web hook that one replica is at.</summary>
/// <param name="Failures">Tries in a row that were not answered well.</param>
internal sealed record HookInHand(long Id, string Url, string Secret, long Failures, long FailingSince);

/// <param name="Key">Its id for the receiver.</param>
internal sealed record HookNotice(long Id, string Key, string Body, long Until);

/// <summary>
/// What waits for web hooks, and how each stands. One replica at a time is at a hook, so that it is told in order; it takes no second one for itself
/// before its time is over, so a hook that does not answer keeps one of few hands busy and no more.
/// </summary>
internal sealed class HookOutbox(IDatabase database, TimeProvider time)
{
    private const long Day = 86_400_000;

    private const long Keep = 30 * Day;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="hold">So long nobody else takes it; milliseconds.</param>
    /// <returns>Null: nothing is due.</returns>
    public Task<HookInHand?> TakeAsync(long hold, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            long? id = await t.Connection!.ExecuteScalarAsync<long?>(
                $"""
                select h.id from api_hook h where h.disabled = '' and h.next_at <= @Now and h.busy_until <= @Now and exists (select 1 from api_key k where k.id = h.api_key and k.disabled = 0)
                  and exists (select 1 from notice n where n.hook = h.id and n.state = 'waiting')
                order by h.next_at, h.id limit 1{database.Sql.ForUpdateSkipLocked}
                """,
                new { Now }, t);
            return id is null ? null : await t.Connection!.QuerySingleAsync<HookInHand?>(
                "update api_hook set busy_until = @until, next_at = @Now where id = @id returning id as Id, url as Url, secret as Secret, failures as Failures, failing_since as FailingSince",
                new { id, until = Now + hold, Now }, t);
        },
        cancellation);

    /// <returns>The oldest that waits; null: none.</returns>
    public Task<HookNotice?> NextAsync(long hook, CancellationToken cancellation) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<HookNotice?>(
            "select id as Id, key as Key, body as Body, until as Until from notice where hook = @hook and state = 'waiting' order by id limit 1", new { hook }), cancellation);

    /// <summary>It has it: nothing of it is kept.</summary>
    public Task DeliveredAsync(long hook, long notice) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("delete from notice where id = @notice", new { notice }, t);
            return await t.Connection!.ExecuteAsync("update api_hook set told = told + 1, failures = 0, failing_since = 0, fault = '' where id = @hook", new { hook }, t);
        },
        CancellationToken.None);

    /// <summary>It will not be told; its text goes, and that it was given up stays to be seen for 30 days.</summary>
    public Task GiveUpAsync(long hook, long notice, string state, string fault) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("update notice set state = @state, fault = @fault, body = '', tries = tries + 1, changed_at = @Now where id = @notice", new { notice, state, fault, Now }, t);
            return await t.Connection!.ExecuteAsync(
                "update api_hook set fault = @fault, failing_since = case when failing_since = 0 then @Now else failing_since end where id = @hook", new { hook, fault, Now }, t);
        },
        CancellationToken.None);

    /// <summary>Not now: the hook is tried again later, with the same one first.</summary>
    public Task PutOffAsync(long hook, long notice, string fault, long next) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("update notice set tries = tries + 1, fault = @fault, changed_at = @Now where id = @notice", new { notice, fault, Now }, t);
            return await t.Connection!.ExecuteAsync(
                "update api_hook set fault = @fault, failures = failures + 1, failing_since = case when failing_since = 0 then @Now else failing_since end, next_at = @next where id = @hook",
                new { hook, fault, next, Now }, t);
        },
        CancellationToken.None);

    public Task ReleaseAsync(long hook) => database.WriteAsync(t => t.Connection!.ExecuteAsync("update api_hook set busy_until = 0 where id = @hook", new { hook }, t), CancellationToken.None);

    /// <summary>Those that have failed for so long are switched off, and what waits for them is given up; what was given up is forgotten after 30 days.</summary>
    /// <param name="failing">Milliseconds.</param>
    public Task TidyAsync(long failing, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            long[] over = [.. await t.Connection!.QueryAsync<long>(
                $"select id from api_hook where disabled = '' and failing_since > 0 and failing_since <= @before order by id{database.Sql.ForUpdate}", new { before = Now - failing }, t)];
            foreach (long hook in over)
            {
                await t.Connection!.ExecuteAsync("update api_hook set disabled = 'nothing was taken there for days' where id = @hook", new { hook }, t);
                await t.Connection!.ExecuteAsync(
                    "update notice set state = 'dropped', fault = 'the hook was switched off', body = '', changed_at = @Now where hook = @hook and state = 'waiting'", new { hook, Now }, t);
            }

            // A key that is over is told nothing more, and a hook that was removed while something was written down for it is not there.
            await t.Connection!.ExecuteAsync(
                "delete from notice where channel = 'api' and state = 'waiting' and hook not in (select h.id from api_hook h join api_key k on k.id = h.api_key where k.disabled = 0)", transaction: t);
            return await t.Connection!.ExecuteAsync("delete from notice where channel = 'api' and state <> 'waiting' and changed_at < @before", new { before = Now - Keep }, t);
        },
        cancellation);
}
