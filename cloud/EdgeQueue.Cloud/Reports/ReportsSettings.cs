using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Section <c>reports</c> of the settings.</summary>
internal sealed record ReportsSettings
{
    /// <summary>IANA name: of head office, and of branches whose hub has not said its own.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Branches times days that one report may be of, 1 … 1,000,000: a packed row for each, see <c>Days/</c>.</summary>
    public int MostBranchDays { get; set; } = 150_000;

    /// <summary>Those of them that may be without a packed row, 1 … 1,000,000: what is read of each is some 300 rows.</summary>
    public int MostQuarterDays { get; set; } = 5_000;

    /// <summary>Events that are read for operators, outcomes and marks, 1 … 10,000,000; beyond it the report says that it has them not.</summary>
    public int MostEvents { get; set; } = 200_000;

    public TimeZoneInfo FindZone() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>At head office.</summary>
    public DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), FindZone()).DateTime);

    public void Check(SettingFaults faults)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            faults.Add("reports.timeZone", $"'{TimeZone}' is no time zone as Europe/Oslo.");
        }

        if (MostBranchDays is < 1 or > 1_000_000 || MostQuarterDays is < 1 or > 1_000_000 || MostEvents is < 1 or > 10_000_000)
        {
            faults.Add("reports", "mostBranchDays and mostQuarterDays are 1 to 1000000, mostEvents 1 to 10000000.");
        }
    }
}
