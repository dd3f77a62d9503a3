using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>Section <c>mobile</c> of the settings.</summary>
internal sealed record MobileSettings
{
    /// <summary>Branches whose tickets can be followed on a phone, with commas; <c>*</c>: all; empty: none.</summary>
    public string Branches { get; set; } = "";

    /// <summary>A link works so long, 1 … 168.</summary>
    public int Hours { get; set; } = 24;

    private HashSet<string>? _names;

    public bool Allows(string branch) => Branches == "*" || (_names ??= [.. Names]).Contains(branch);

    private string[] Names => Branches.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Check(SettingFaults faults)
    {
        foreach (string name in Branches == "*" ? [] : Names.Where(n => !Topics.IsName(n)))
        {
            faults.Add("mobile.branches", $"'{name}' is no name of a branch.");
        }

        if (Hours is < 1 or > 168)
        {
            faults.Add("mobile.hours", $"{Hours} is not between 1 and 168.");
        }
    }
}
