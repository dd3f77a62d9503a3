using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Section <c>accounts</c> of the settings.</summary>
public sealed record AccountsSettings
{
    /// <summary>Minutes without a request after which a session ends.</summary>
    public int IdleMinutes { get; set; } = 120;

    /// <summary>Hours after which a session ends whatever happens in it.</summary>
    public int SessionHours { get; set; } = 12;

    /// <summary>Hours that a link to choose a password can be used.</summary>
    public int LinkHours { get; set; } = 48;

    internal void Check(SettingFaults faults)
    {
        Within("idleMinutes", IdleMinutes, 1, 1440, faults);
        Within("sessionHours", SessionHours, 1, 24 * 30, faults);
        Within("linkHours", LinkHours, 1, 24 * 14, faults);
    }

    private static void Within(string name, int value, int least, int most, SettingFaults faults)
    {
        if (value < least || value > most)
        {
            faults.Add($"accounts.{name}", $"{value} is not between {least} and {most}.");
        }
    }
}
