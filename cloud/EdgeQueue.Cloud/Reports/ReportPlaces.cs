using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Which branches there are to report of, and where they are.</summary>
internal sealed class ReportPlaces(IDatabase database)
{
    public const string NotThere = "There is no such region, or a branch of this name has not reported yet. Nothing would ever come of it.";

    private const string Columns =
        $"select b.id as Id, b.name as Name, {BranchTitle.Of} as Title, b.region as Region, coalesce(l.zone, '') as Zone, coalesce(l.received_at, 0) as HeardAt from {BranchTitle.Branches}";

    public Task<IReadOnlyList<BranchPlace>> InAsync(ReportScope scope, VisibleBranches sees, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<BranchPlace>>(
        async connection => (await connection.QueryAsync<BranchPlace>(
            $"{Columns} where {sees.Condition(database.Sql)}{(scope.Region is not null ? " and b.region = @region" : scope.Branches.Count > 0 ? $" and {database.Sql.AnyOf("b.name", "@names")}" : "")} order by b.id",
            new { region = scope.Region ?? "", names = scope.Branches.ToArray(), sees.Regions, sees.Branches })).AsList(), cancellation);

    /// <summary>Whether there is something in it, and each branch that it names: else it was mistyped. All branches may be none yet.</summary>
    public async Task<bool> HaveAsync(ReportScope scope, CancellationToken cancellation) =>
        scope == ReportScope.All || (await InAsync(scope, VisibleBranches.All, cancellation)).Count >= Math.Max(1, scope.Branches.Count);

    public Task<IReadOnlyList<string>> RegionsAsync(VisibleBranches sees, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<string>>(
        async connection => (await connection.QueryAsync<string>($"select distinct b.region from branch b where b.region <> '' and {sees.Condition(database.Sql)} order by b.region limit 500", new { sees.Regions, sees.Branches })).AsList(), cancellation);
}
