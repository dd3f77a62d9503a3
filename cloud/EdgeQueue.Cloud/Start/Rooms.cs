namespace EdgeQueue.Cloud.Start;

/// <summary>The rooms of this cloud, one line each.</summary>
internal static class Rooms
{
    public static IReadOnlyList<IRoom> All { get; } =
    [
        new Network.NetworkRoom(),
    ];
}
