using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Api;

/// <summary>Section <c>api</c> of the settings.</summary>
internal sealed record ApiSettings
{
    /// <summary>Requests of one key a minute; each replica counts its own.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    public void Check(SettingFaults faults)
    {
        if (RequestsPerMinute is < 1 or > 100_000)
        {
            faults.Add("api.requestsPerMinute", $"{RequestsPerMinute} is not between 1 and 100000.");
        }
    }
}
