using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Api;

/// <summary>Section <c>api</c> of the settings.</summary>
internal sealed record ApiSettings
{
    /// <summary>Requests of one key a minute; each replica counts its own.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>What may wait for one web hook; beyond it is counted as lost. 1 … 1,000,000.</summary>
    public int HookWaiting { get; set; } = 10_000;

    /// <summary>So long something is tried, and a web hook may fail until it is switched off; 1 … 30.</summary>
    public int HookDays { get; set; } = 3;

    public void Check(SettingFaults faults)
    {
        if (RequestsPerMinute is < 1 or > 100_000)
        {
            faults.Add("api.requestsPerMinute", $"{RequestsPerMinute} is not between 1 and 100000.");
        }

        if (HookWaiting is < 1 or > 1_000_000 || HookDays is < 1 or > 30)
        {
            faults.Add("api", "hookWaiting is 1 to 1000000, hookDays 1 to 30.");
        }
    }
}
