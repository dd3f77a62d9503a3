using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>
/// Which branches somebody sees: all, or those of some regions and some by themselves. Whatever lists or opens something of a branch asks
/// here; a branch that somebody does not see is to them as if it were not there.
/// </summary>
public sealed class VisibleBranches
{
    public static readonly VisibleBranches All = new([], []) { IsAll = true };

    private readonly HashSet<string> _regions;
    private readonly HashSet<long> _branches;

    public VisibleBranches(IEnumerable<string> regions, IEnumerable<long> branches)
    {
        // Branches that nobody has put into a region are nobody's region.
        _regions = [.. regions.Where(r => r.Length > 0)];
        _branches = [.. branches];
        Regions = [.. _regions.Order(StringComparer.Ordinal)];
        Branches = [.. _branches.Order()];
        Key = string.Join('\n', Regions) + "\n\n" + string.Join(',', Branches);
    }

    public bool IsAll { get; private init; }

    /// <summary>Values of <c>@Regions</c> in <see cref="Condition"/>.</summary>
    public string[] Regions { get; }

    /// <summary>Values of <c>@Branches</c> in <see cref="Condition"/>: ids.</summary>
    public long[] Branches { get; }

    /// <summary>Equal for equal sets: what is made for one may be shown to all who have it.</summary>
    public string Key { get => IsAll ? "*" : field; }

    public bool Has(LiveRow row) => Has(row.Branch, row.Region);

    /// <param name="region">That the branch is in; '': none.</param>
    public bool Has(long branch, string region) => IsAll || _branches.Contains(branch) || _regions.Contains(region);

    /// <summary>The same as an SQL condition on the table <c>branch</c>; its parameters are <c>new { sees.Regions, sees.Branches }</c>.</summary>
    /// <param name="table">The name that the statement has for <c>branch</c>.</param>
    public string Condition(Dialect sql, string table = "b") =>
        IsAll ? "1 = 1" : $"({sql.AnyOf($"{table}.region", "@Regions")} or {sql.AnyOf($"{table}.id", "@Branches")})";
}
