namespace EdgeQueue.Core.Contracts.Updates;

/// <summary>On <c>update/{node}/order</c>, retained, hub to device: what it is to install. An empty message: nothing is ordered any more.</summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Order">Its id; a device does each once, and tells what came of it under this id.</param>
/// <param name="Compatible">For which kind of image; a device of another kind refuses it.</param>
/// <param name="Version">Which the device runs when all went well.</param>
/// <param name="Sha256">Of the bundle, 64 lower-case hexadecimal digits; it is fetched by this name.</param>
/// <param name="Size">Of the bundle, bytes.</param>
/// <param name="Port">Of the hub's HTTPS service for bundles, at the address where the device reaches its broker.</param>
/// <param name="Restart">True: start anew with it now. Until then it is fetched and installed beside the running system.</param>
public sealed record UpdateOrder(int V, string Order, string Compatible, string Version, string Sha256, long Size, int Port, bool Restart)
{
    /// <summary>Bytes; no bundle of ours is a tenth of it.</summary>
    public const long LargestBundle = 1L << 30;

    /// <summary>A faulty order changes nothing at a device.</summary>
    public bool IsWhole() =>
        V == 1 && Order is { Length: > 0 and <= 64 } && Compatible is { Length: > 0 and <= 100 } && Version is { Length: > 0 and <= 64 } && Size is > 0 and <= LargestBundle
        && Port is > 0 and <= 65_535 && WishedBundle.IsHash(Sha256);
}

/// <summary>On <c>update/{node}/state</c>, retained, device to hub, with a will: what it runs, and what became of the order.</summary>
/// <param name="Online">Its updater is there.</param>
/// <param name="Compatible">Which kind of image it takes.</param>
/// <param name="Version">Of the image that runs now.</param>
/// <param name="Confirmed">The device itself found this image healthy.</param>
/// <param name="Order">The one that the rest is about; null: none yet.</param>
/// <param name="Percent">Of the download or the installation, 0 … 100.</param>
/// <param name="FailedAt">In which phase it failed; null: it did not.</param>
/// <param name="Reason">Why it failed, in words.</param>
public sealed record UpdateState(
    int V, bool Online, string Compatible, string Version, bool Confirmed, string? Order, UpdatePhase Phase, int Percent, UpdatePhase? FailedAt = null, string? Reason = null)
{
    /// <summary>Of a reason, in characters: it is told on, to head office too.</summary>
    private const int LongestReason = 300;

    /// <summary>A reason as it is kept and told; what is left out shows.</summary>
    public static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";

    /// <summary>What is not, is not heard.</summary>
    public bool IsWhole() => V == 1 && Compatible is { Length: > 0 and <= 100 } && Version is { Length: > 0 and <= 64 } && (Order is null || Order.Length <= 64) && Percent is >= 0 and <= 100;
}

/// <summary>How far a device is with its order.</summary>
public enum UpdatePhase
{
    Idle,
    Downloading,
    Installing,

    /// <summary>Installed beside the running system; it waits for the word to start anew.</summary>
    RestartWanted,

    /// <summary>It starts anew, or has and does not know yet whether the new image is healthy.</summary>
    Restarting,
    Healthy,
    Failed,
}
