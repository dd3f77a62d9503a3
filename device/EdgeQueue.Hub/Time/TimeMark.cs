using System.Globalization;

namespace EdgeQueue.Hub.Time;

/// <summary>
/// Where branch time stood, kept in the journal. Within one boot <c>At − BootMs</c> is constant, so a restart of the hub is
/// exact; after a reboot <c>At</c> is the floor from which time goes on.
/// </summary>
/// <param name="BootMs">The boot clock then, milliseconds.</param>
/// <param name="At">Branch time then, milliseconds.</param>
/// <param name="Wall">The wall clock then, milliseconds since 1970 UTC.</param>
/// <param name="Trusted">Whether the wall clock was trusted then.</param>
public sealed record TimeMark(string BootId, long BootMs, long At, long Wall, bool Trusted)
{
    public const string Name = "time";

    public static TimeMark? Parse(string? text)
    {
        string[] parts = text?.Split(' ') ?? [];
        return parts.Length == 5
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long boot)
            && long.TryParse(parts[2], CultureInfo.InvariantCulture, out long at)
            && long.TryParse(parts[3], CultureInfo.InvariantCulture, out long wall)
            ? new TimeMark(parts[0], boot, at, wall, parts[4] == "trusted")
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{BootId} {BootMs} {At} {Wall} {(Trusted ? "trusted" : "untrusted")}");
}
