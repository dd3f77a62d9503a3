using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Of which branches: all, those of a region, or those that are named.</summary>
/// <param name="Region">Null: not by region.</param>
/// <param name="Branches">By their names in MQTT; empty: not by name.</param>
internal sealed record ReportScope(string? Region, IReadOnlyList<string> Branches)
{
    public const int MostNamed = 50;

    private const int LongestRegion = 100;

    public static readonly ReportScope All = new(null, []);

    /// <summary>Reads <c>""</c> or <c>all</c>, <c>region:NAME</c>, or <c>branch:NAME</c> (several: with commas), as a person types it.</summary>
    /// <returns>Null: it is none of them.</returns>
    public static ReportScope? Of(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0 || text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return All;
        }

        if (text.StartsWith("region:", StringComparison.OrdinalIgnoreCase))
        {
            string region = text[7..].TrimStart();
            return region.Length is > 0 and <= LongestRegion && !region.Contains('\0', StringComparison.Ordinal) ? new(region, []) : null;
        }

        string[] names = (text.StartsWith("branch:", StringComparison.OrdinalIgnoreCase) ? text[7..] : text).Split(',', StringSplitOptions.TrimEntries);
        return names.Length <= MostNamed && names.All(Topics.IsName) ? new(null, [.. names.Distinct(StringComparer.Ordinal)]) : null;
    }

    public bool Has(BranchPlace branch) => Region is not null ? branch.Region == Region : Branches.Count == 0 || Branches.Contains(branch.Name);

    public override string ToString() => Region is not null ? "region:" + Region : Branches.Count > 0 ? "branch:" + string.Join(',', Branches) : "";
}

/// <summary>A branch that can be reported of.</summary>
/// <param name="Zone">IANA name; '' while its hub has not said it.</param>
/// <param name="HeardAt">When its hub spoke last, milliseconds; 0: never.</param>
internal sealed record BranchPlace(long Id, string Name, string Title, string Region, string Zone, long HeardAt);
