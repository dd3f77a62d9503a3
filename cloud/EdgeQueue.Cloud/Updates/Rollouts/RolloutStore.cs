using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Cloud.Updates.Rollouts;

/// <summary>What somebody asks for.</summary>
internal sealed record NewRollout(string Title, IReadOnlyList<WishedBundle> Bundles, IReadOnlyList<RolloutStage> Stages, long MostFailures, long PauseMs)
{
    public const int LongestTitle = 80;

    private const int MostStages = 20;

    private const int LongestRegion = 60;

    private const long LongestPauseMs = 1_440L * 3_600_000;

    /// <returns>Null: it can be made.</returns>
    public string? WhyNot() =>
        Title is not { Length: > 0 and <= LongestTitle } || Title.Any(char.IsControl) ? $"A roll-out has a name of at most {LongestTitle} characters."
        : Bundles.Count == 0 ? "Say which bundles."
        : Bundles.FirstOrDefault(b => string.IsNullOrEmpty(b.Address) || !b.IsWhole()) is { } bundle ? $"'{bundle.Compatible} {bundle.Version}' is no bundle: it has a kind, a version, its size in bytes, its SHA-256 in lower case, and an address https://…."
        : new UpdateWish(1, 1, Bundles).WhyNot() is { } why ? $"These bundles cannot be told: {why}."
        : Stages.Count is 0 or > MostStages ? $"A roll-out has 1 to {MostStages} stages."
        : Stages.Any(s => s.Percent is < 1 or > 100 || s.Region.Length > LongestRegion || s.Region.Any(char.IsControl)) ? "A stage is a percentage from 1 to 100, of all branches or of those of a region."
        : Stages.Where((s, i) => Stages.Take(i).Any(b => b.Region == s.Region && b.Percent > s.Percent)).FirstOrDefault() is { } less ? $"Each stage has those of the stages before it, too: {less.Percent} percent is less than one of those has."
        : MostFailures is < 0 or > 100_000 ? "How many branches may fail is a number from 0 to 100,000."
        : PauseMs is < 0 or > LongestPauseMs ? "The pause between two stages is in hours, from 0 to 1,440."
        : null;
}

/// <summary>How many branches of a stage are how far.</summary>
internal sealed record StageCount(long Stage, long Branches, long Told, long Done, long Failed);

/// <summary>A branch that failed or takes its time.</summary>
/// <param name="InAll">How many such branches there are.</param>
internal sealed record RolloutBranch(string Name, string Title, long Stage, string Outcome, long Devices, long Done, string Said, long SaidAt, long InAll);

/// <summary>What became of a wish for a roll-out.</summary>
/// <param name="Id">Null: none was made; <paramref name="Fault"/> says why.</param>
/// <param name="Fault">Beside an id: the program has asked for another one by this before.</param>
internal sealed record MadeRollout(long? Id, string? Fault);

/// <summary>Whom to tell what.</summary>
internal sealed record RolloutDue(long Branch, string Name) : IDueBranch
{
    public long Rollout { get; init; }

    /// <summary>The wish, as it goes to the hub.</summary>
    public byte[] Message { get; init; } = [];
}

/// <summary>The tables <c>rollout</c> and <c>rollout_branch</c>. One roll-out at a time is unfinished.</summary>
internal sealed class RolloutStore(IDatabase database, AuditTrail audit, TimeProvider time)
{
    private const long OneAtATime = 8_100_001;

    private static readonly RowsStatement Add = new(
        "insert into rollout_branch(rollout, branch, stage, outcome, devices, done, said, told_at, said_at, paused, next_at) select rollout, branch, stage, '', 0, 0, '', 0, 0, 0, 0 from {rows} where true order by 1, 2",
        ("rollout", ColumnType.Bigint), ("branch", ColumnType.Bigint), ("stage", ColumnType.Bigint));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The last ones, the newest first.</summary>
    /// <param name="before">Only those made before this one.</param>
    public Task<IReadOnlyList<Rollout>> LatestAsync(int most, CancellationToken cancellation, long before = long.MaxValue) => database.ReadAsync<IReadOnlyList<Rollout>>(
        async c => [.. (await c.QueryAsync<RolloutRow>($"select {RolloutRow.Columns} from rollout where id < @before order by id desc limit @most", new { before, most })).Select(r => r.Read())], cancellation);

    public async Task<Rollout?> OneAsync(long id, CancellationToken cancellation) => (await database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<RolloutRow?>($"select {RolloutRow.Columns} from rollout where id = @id", new { id }), cancellation))?.Read();

    /// <param name="asked">By what a program may ask again and get the same; '': nobody asks again.</param>
    public Task<MadeRollout> MakeAsync(NewRollout wanted, Actor who, CancellationToken cancellation, string asked = "") => database.WriteAsync<MadeRollout>(
        async t =>
        {
            string bundles = JsonSerializer.Serialize(wanted.Bundles, RolloutJson.Default.IReadOnlyListWishedBundle);
            string stages = JsonSerializer.Serialize(wanted.Stages, RolloutJson.Default.IReadOnlyListRolloutStage);
            await database.Sql.LockAsync(t, OneAtATime);
            if (asked.Length > 0 && await t.Connection!.QuerySingleOrDefaultAsync<RolloutRow?>($"select {RolloutRow.Columns} from rollout where asked = @asked", new { asked }, t) is { } before)
            {
                // How many may fail is raised by going on after a stop.
                return new(before.Id, before.Title == wanted.Title && before.Bundles == bundles && before.Stages == stages && before.PauseMs == wanted.PauseMs ? null : "Another roll-out was asked for by this.");
            }

            if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from rollout where state in ('running', 'paused')", transaction: t) > 0)
            {
                return new(null, "Another roll-out is not finished. End it first.");
            }

            List<BranchRow> branches = (await t.Connection!.QueryAsync<BranchRow>("select id as Id, name as Name, region as Region from branch order by id", transaction: t)).AsList();
            // A ring of nobody is not waited for: the next one, of many, would begin at once.
            if (wanted.Stages.FirstOrDefault(s => s.Region.Length > 0 && branches.TrueForAll(b => b.Region != s.Region)) is { } nobodys)
            {
                return new(null, $"No branch is in a region '{nobodys.Region}'.");
            }

            // The number that hubs are told: only ever higher, whatever the clock does.
            long madeAt = Math.Max(Now, 1 + await t.Connection!.ExecuteScalarAsync<long>("select coalesce(max(made_at), 0) from rollout", transaction: t));
            long id = await t.Connection!.ExecuteScalarAsync<long>(
                """
                insert into rollout(title, bundles, stages, most_failures, pause_ms, state, reason, stage, stage_ended_at, account, made_at, asked)
                values (@Title, @bundles, @stages, @MostFailures, @PauseMs, 'running', '', 0, 0, @Account, @madeAt, @asked) returning id
                """,
                new { wanted.Title, bundles, stages, wanted.MostFailures, wanted.PauseMs, who.Account, madeAt, asked }, t);
            string own = id.ToString(CultureInfo.InvariantCulture);
            List<object[]> rows = [];
            foreach (BranchRow branch in branches)
            {
                if (RolloutPlan.StageOf(branch.Name, branch.Region, wanted.Stages, own) is { } stage)
                {
                    rows.Add([id, branch.Id, (long)stage]);
                }
            }

            if (rows.Count == 0)
            {
                await t.Connection!.ExecuteAsync("delete from rollout where id = @id", new { id }, t);
                return new(null, "No branch is in any of these stages.");
            }

            await Add.RunAsync(database.Sql, t, rows, cancellation);
            await audit.NoteAsync(t, who, Deeds.Changed, string.Create(CultureInfo.InvariantCulture, $"roll-out {id} was made"));
            return new(id, null);
        },
        cancellation);

    /// <summary>Somebody pauses it, lets it go on, or ends it.</summary>
    /// <returns>False: it is not in a state for that.</returns>
    public Task<bool> PutAsync(long id, RolloutPhase phase, Actor who, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            string from = phase == RolloutPhase.Running ? "('paused', 'stopped')" : phase == RolloutPhase.Paused ? "('running')" : "('running', 'paused', 'stopped')";
            await database.Sql.LockAsync(t, OneAtATime);
            if (phase == RolloutPhase.Running
                && await t.Connection!.ExecuteScalarAsync<long>("select count(*) from rollout where state in ('running', 'paused') and id <> @id", new { id }, t) > 0)
            {
                return false;
            }

            // Going on after too many failures is a decision of somebody: as many more may fail.
            bool changed = await t.Connection!.ExecuteAsync(
                $"""
                update rollout set most_failures = case when state = 'stopped' and @state = 'running'
                    then most_failures + (select count(*) from rollout_branch b where b.rollout = rollout.id and b.outcome = 'failed') else most_failures end, state = @state, reason = ''
                where id = @id and state in {from}
                """, new { id, state = WordOf(phase) }, t) > 0;
            if (changed)
            {
                await audit.NoteAsync(t, who, Deeds.Changed, string.Create(CultureInfo.InvariantCulture, $"roll-out {id}: {WordOf(phase)}"));
                await TellAgainAsync(t, id);
            }

            return changed;
        },
        cancellation);

    public Task<IReadOnlyList<StageCount>> CountsAsync(long id, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<StageCount>>(
        async c => (await c.QueryAsync<StageCount>(
            """
            select stage as Stage, count(*) as Branches, count(case when said_at > 0 then 1 end) as Told, count(case when outcome = 'done' then 1 end) as Done, count(case when outcome = 'failed' then 1 end) as Failed
            from rollout_branch where rollout = @id group by stage order by stage
            """, new { id })).AsList(), cancellation);

    /// <summary>Those that failed, then those that have begun and are not done.</summary>
    public Task<IReadOnlyList<RolloutBranch>> BranchesAsync(long id, int most, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<RolloutBranch>>(
        async c => (await c.QueryAsync<RolloutBranch>(
            $"""
            select b.name as Name, {BranchTitle.Of} as Title, r.stage as Stage, r.outcome as Outcome, r.devices as Devices, r.done as Done, r.said as Said, r.said_at as SaidAt, count(*) over () as InAll
            from rollout_branch r join branch b on b.id = r.branch {BranchTitle.Live} where r.rollout = @id and r.outcome <> 'done' and r.said_at > 0 order by r.outcome desc, b.name limit @most
            """, new { id, most })).AsList(), cancellation);

    /// <summary>Takes it on by what its branches say.</summary>
    public async Task StepAsync(Rollout rollout, CancellationToken cancellation)
    {
        RolloutCounts counts = await database.ReadAsync(
            c => c.QuerySingleAsync<RolloutCounts>(
                "select count(*) as Branches, count(case when outcome = 'done' then 1 end) as Done, count(case when outcome = 'failed' then 1 end) as Failed from rollout_branch where rollout = @Id and stage <= @Stage",
                new { rollout.Id, rollout.Standing.Stage }), cancellation);
        RolloutStanding next = RolloutPlan.Next(rollout.Standing, counts, rollout.Stages.Count, rollout.MostFailures, rollout.PauseMs, Now);
        if (next == rollout.Standing)
        {
            return;
        }

        await database.WriteAsync(
            async t =>
            {
                // Only from where it was: another replica, or somebody, may have been quicker.
                bool changed = await t.Connection!.ExecuteAsync(
                    "update rollout set state = @state, reason = @Reason, stage = @Stage, stage_ended_at = @StageEndedAt where id = @Id and state = @was and stage = @wasStage and stage_ended_at = @wasEnded",
                    new
                    {
                        rollout.Id, state = WordOf(next.Phase), next.Reason, next.Stage, next.StageEndedAt,
                        was = WordOf(rollout.Standing.Phase), wasStage = rollout.Standing.Stage, wasEnded = rollout.Standing.StageEndedAt,
                    }, t) > 0;
                if (changed && next.Phase != rollout.Standing.Phase)
                {
                    await TellAgainAsync(t, rollout.Id);
                }

                return changed;
            },
            cancellation);
    }

    /// <summary>Who is to be told now: who may have it and has not answered, and who was told something else before.</summary>
    public async Task<IReadOnlyList<RolloutDue>> DueAsync(Rollout rollout, int most, CancellationToken cancellation)
    {
        IEnumerable<RolloutDue> due = await database.ReadAsync(
            c => c.QueryAsync<RolloutDue>(
                """
                select r.branch as Branch, b.name as Name from rollout_branch r join branch b on b.id = r.branch
                where r.rollout = @Id and r.outcome = '' and r.stage <= @Stage and r.next_at <= @Now and (r.said_at = 0 or r.paused <> @paused) and (@paused = 0 or r.told_at > 0 or r.said_at > 0)
                    and not exists (select 1 from rollout_branch n where n.branch = r.branch and n.rollout > r.rollout and n.said_at > 0)
                order by r.next_at limit @most
                """, new { rollout.Id, rollout.Standing.Stage, Now, paused = rollout.Wish.Paused ? 1L : 0L, most }), cancellation);
        byte[] message = UpdateJson.Write(rollout.Wish);
        return [.. due.Select(d => d with { Rollout = rollout.Id, Message = message })];
    }

    /// <param name="next">Not told again before; milliseconds since 1970 UTC.</param>
    public Task<int> ToldAsync(long rollout, long branch, long next, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("update rollout_branch set next_at = @next, told_at = @Now where rollout = @rollout and branch = @branch", new { rollout, branch, next, Now }, t), cancellation);

    /// <summary>What a hub says of the wish of this number; of one of the branch's own nothing is written.</summary>
    public Task<int> SaidAsync(long branch, UpdateReport said, string words, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync(
            "update rollout_branch set outcome = @outcome, devices = @Devices, done = @Done, said = @words, said_at = @Now, paused = @paused, next_at = 0 where rollout = (select id from rollout where made_at = @Number) and branch = @branch",
            new
            {
                outcome = said.Stopped is not null ? "failed" : said.Done >= said.Devices && said.Busy == 0 && said.Waiting is null ? "done" : "", said.Devices, said.Done, words, Now, paused = said.Paused ? 1L : 0L, said.Number, branch,
            }, t), cancellation);

    private static Task<int> TellAgainAsync(DbTransaction t, long id) =>
        t.Connection!.ExecuteAsync("update rollout_branch set next_at = 0 where rollout = @id and outcome = ''", new { id }, t);

    private static string WordOf(RolloutPhase phase) => phase.ToString().ToLowerInvariant();

    private sealed record BranchRow(long Id, string Name, string Region);
}
