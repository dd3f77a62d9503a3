using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Hub.Link;

/// <summary>Where the link takes what the cloud says of the branch's configuration. Both return at once: the link has other things to do.</summary>
public interface IConfigurationDoor
{
    /// <summary>The cloud is there: it is told which one is in force.</summary>
    void Connected();

    /// <summary>The cloud tells another one; a later word takes the place of one that waits.</summary>
    void Told(ConfigurationMessage message);
}
