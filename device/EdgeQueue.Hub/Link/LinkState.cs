namespace EdgeQueue.Hub.Link;

/// <summary>How the link stands: immutable, made by the link's thread, read by anybody.</summary>
/// <param name="Broker">The one that it is at, or tried last.</param>
/// <param name="Stored">Last event that the cloud acknowledged; 0: it has not said yet.</param>
/// <param name="Trouble">Why nothing goes up, in words; null: nothing is wrong.</param>
public sealed record LinkState(bool Connected, string Broker, long Stored, string? Trouble)
{
    public static LinkState Before(long stored) => new(false, "", stored, "it has not connected yet");
}
