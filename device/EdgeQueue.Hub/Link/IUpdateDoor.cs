using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Hub.Link;

/// <summary>Where the link takes what the cloud wishes of the devices' system images. Both return at once.</summary>
public interface IUpdateDoor
{
    /// <summary>The cloud is there: it is told how far the wish is.</summary>
    void Connected();

    void Told(UpdateWish wish);
}
