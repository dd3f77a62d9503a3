namespace EdgeQueue.Core.Contracts.Updates;

/// <summary>
/// Which system images the devices of a branch are to run: from the cloud on <c>update</c>, or as a file at the hub. The higher number wins; a lower or equal one
/// changes nothing, but for the same one <paramref name="Paused"/> as it was said last.
/// </summary>
/// <param name="V">Version of the message, 1.</param>
/// <param name="Number">Of the wish, from 1, only ever higher. The cloud's are the milliseconds since 1970 at which it was made: a cloud that was put back from a backup gives none twice.</param>
/// <param name="Bundles">One for each kind of image; empty: nothing is wanted.</param>
/// <param name="Paused">No device begins, and none starts anew.</param>
public sealed record UpdateWish(int V, long Number, IReadOnlyList<WishedBundle> Bundles, bool Paused = false)
{
    public const int MostBundles = 16;

    /// <returns>Null: it can be used; else why not, in words.</returns>
    public string? WhyNot() =>
        V != 1 ? "it is of another version than 1"
        : Number <= 0 ? "its number is not above 0"
        : Bundles is null or { Count: > MostBundles } ? $"it has no bundles, or more than {MostBundles}"
        : Bundles.FirstOrDefault(b => b?.IsWhole() != true) is not null || Bundles.Any(b => b is null) ? "one of its bundles has no version, kind, size of up to 1 GiB, hash or HTTPS address"
        : Bundles.Select(b => b.Compatible).Distinct(StringComparer.Ordinal).Count() < Bundles.Count ? "two of its bundles are for the same kind of image"
        : null;
}

/// <param name="Compatible">For which kind of image, as in the bundle's own manifest.</param>
/// <param name="Version">As in the bundle's manifest, and in the image.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Address">Where the hub fetches it, <c>https://…</c>; null: somebody lays it into the hub's folder.</param>
public sealed record WishedBundle(string Compatible, string Version, long Size, string Sha256, string? Address = null)
{
    private const int LongestAddress = 2_000;

    public bool IsWhole() =>
        Compatible is { Length: > 0 and <= 100 } && Version is { Length: > 0 and <= 64 } && Size is > 0 and <= UpdateOrder.LargestBundle && IsHash(Sha256)
        && (Address is null || (Address.Length <= LongestAddress && Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0));

    /// <summary>A hash is a name of a file and part of an address: nothing else may stand there.</summary>
    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>On <c>update/held</c>, hub to cloud: which wish is in force here, and what came of it.</summary>
/// <param name="Number">0: none.</param>
/// <param name="Devices">That the wish has an image for.</param>
/// <param name="Done">Of them, healthy with the wanted version.</param>
/// <param name="Busy">Of them, with an order just now.</param>
/// <param name="Failed">Of them.</param>
/// <param name="Stopped">Why nothing goes on here, in words; null: it does, or is done.</param>
/// <param name="Waiting">What it waits for, in words; null: nothing.</param>
public sealed record UpdateReport(int V, long Number, int Devices, int Done, int Busy, int Failed, string? Stopped = null, string? Waiting = null, bool Paused = false);
