using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Configuration;

/// <summary>A branch that somebody sees.</summary>
internal sealed record ConfiguredBranch(long Id, string Name, string Title, string Region);

/// <summary>How the configuration of a branch stands; the bytes of files are empty when there are none.</summary>
/// <param name="Wanted">Revision of the last upload; 0: none.</param>
/// <param name="Held">What its hub said is in force; 0: it has not said.</param>
/// <param name="Rejected">What its hub did not take; 0: nothing.</param>
/// <param name="Faults">Why, in JSON.</param>
internal sealed record ConfigurationState(long Wanted, long Held, string HeldSha256, byte[] HeldDocument, long HeldAt, long Rejected, string Faults)
{
    public static readonly ConfigurationState None = new(0, 0, "", [], 0, 0, "");

    public const string Columns = "wanted as Wanted, held as Held, held_sha256 as HeldSha256, held_document as HeldDocument, held_at as HeldAt, rejected as Rejected, faults as Faults";
}

/// <param name="By">Who uploaded it.</param>
internal sealed record ConfigurationVersion(long Revision, string Sha256, string Summary, string By, long UploadedAt, long AppliedAt);

/// <summary>Configurations of branches in the database.</summary>
internal sealed class ConfigurationStore(IDatabase database, AuditTrail audit, TimeProvider time)
{
    /// <summary>Older ones of a branch go when a newer one comes.</summary>
    public const int MostKept = 50;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>Null: there is none, or it is not one of those.</returns>
    public Task<ConfiguredBranch?> BranchAsync(string name, VisibleBranches sees, CancellationToken cancellation) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<ConfiguredBranch?>(
            $"select b.id as Id, b.name as Name, {BranchTitle.Of} as Title, b.region as Region from {BranchTitle.Branches} where b.name = @name and {sees.Condition(database.Sql)}",
            new { name = StorableText.Of(name), sees.Regions, sees.Branches }), cancellation);

    public async Task<ConfigurationState> StateAsync(long branch, CancellationToken cancellation) => await database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<ConfigurationState?>($"select {ConfigurationState.Columns} from configuration_state where branch = @branch", new { branch }), cancellation) ?? ConfigurationState.None;

    /// <summary>The latest first.</summary>
    public Task<IReadOnlyList<ConfigurationVersion>> VersionsAsync(long branch, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ConfigurationVersion>>(
        async c => (await c.QueryAsync<ConfigurationVersion>(
            """
            select c.revision as Revision, c.sha256 as Sha256, c.summary as Summary, coalesce(a.name, case when c.api_key > 0 then 'a program' else '' end) as By, c.uploaded_at as UploadedAt, c.applied_at as AppliedAt
            from configuration c left join account a on a.id = c.account where c.branch = @branch order by c.revision desc
            """,
            new { branch })).AsList(), cancellation);

    public Task<byte[]?> DocumentAsync(long branch, long revision, CancellationToken cancellation) => database.ReadAsync(
        c => c.ExecuteScalarAsync<byte[]?>("select document from configuration where branch = @branch and revision = @revision", new { branch, revision }), cancellation);

    /// <summary>All that were uploaded: who takes away a device that one of them had knows of it.</summary>
    public Task<IReadOnlyList<byte[]>> DocumentsAsync(long branch, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<byte[]>>(
        async c => (await c.QueryAsync<byte[]>("select document from configuration where branch = @branch", new { branch })).AsList(), cancellation);

    /// <summary>A version more, with its line in the audit trail.</summary>
    /// <param name="over">SHA-256 of what the branch was known to run; empty: nothing was known.</param>
    /// <returns>False: somebody was faster, and this is not the next one any more.</returns>
    public Task<bool> AddAsync(ConfiguredBranch branch, long revision, string sha256, byte[] document, string over, string summary, Actor who, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            DbConnection c = t.Connection!;
            await c.ExecuteAsync(
                """
                insert into configuration_state(branch, wanted, held, held_sha256, held_document, held_at, rejected, faults, next_at) values (@Id, 0, 0, '', @empty, 0, 0, '', 0)
                on conflict(branch) do nothing
                """,
                new { branch.Id, empty = Array.Empty<byte>() }, t);
            (long wanted, long held) = await c.QuerySingleAsync<(long, long)>($"select wanted, held from configuration_state where branch = @Id{database.Sql.ForUpdate}", new { branch.Id }, t);
            if (revision <= Math.Max(wanted, held))
            {
                return false;
            }

            await audit.NoteAsync(t, who, Deeds.BranchChanged, FormattableString.Invariant($"branch {branch.Name}, configuration revision {revision}"));
            await c.ExecuteAsync(
                """
                insert into configuration(branch, revision, sha256, document, over_sha256, summary, account, api_key, uploaded_at, applied_at)
                values (@Id, @revision, @sha256, @document, @over, @summary, @Account, @ApiKey, @Now, 0)
                """,
                new { branch.Id, revision, sha256, document, over, summary = StorableText.Of(summary), who.Account, who.ApiKey, Now }, t);
            await c.ExecuteAsync("update configuration_state set wanted = @revision, next_at = 0 where branch = @Id", new { branch.Id, revision }, t);
            await c.ExecuteAsync(
                $"delete from configuration where branch = @Id and revision not in (select revision from configuration where branch = @Id order by revision desc limit {MostKept})", new { branch.Id }, t);
            return true;
        },
        cancellation);

    /// <summary>Somebody wants what was rejected told once more.</summary>
    public Task<int> AgainAsync(long branch, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("update configuration_state set rejected = 0, faults = '', next_at = 0 where branch = @branch", new { branch }, t), cancellation);
}
