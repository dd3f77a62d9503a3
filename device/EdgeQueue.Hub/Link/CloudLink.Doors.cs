namespace EdgeQueue.Hub.Link;

/// <summary>Who takes what the cloud tells of configuration and system images, and what they say of it.</summary>
public sealed partial class CloudLink
{
    /// <summary>Who takes a configuration; set before the link runs. Null: nobody, and the cloud's is not heard.</summary>
    public IConfigurationDoor? Configuration { get; set; }

    /// <summary>Which configuration is in force.</summary>
    public void ReportConfiguration(byte[] held) => Later(topics.ConfigHeld, held);

    /// <summary>Who takes what is wished of the devices' images; set before the link runs. Null: nobody, and the cloud's is not heard.</summary>
    public IUpdateDoor? Updates { get; set; }

    /// <summary>How far that is.</summary>
    public void ReportUpdates(byte[] held) => Later(topics.UpdateHeld, held);
}
