namespace EdgeQueue.Cloud.Live;

/// <summary>A branch in a list: a row of the table <c>live</c> without its message. Times of the branch are branch time.</summary>
/// <param name="Online">1: the hub was there; see <see cref="IsThere"/>.</param>
/// <param name="ReceivedAt">By the cloud's clock, milliseconds since 1970.</param>
/// <param name="Codes">Of its faults, with commas.</param>
/// <param name="OldestSince">-1: nobody waits.</param>
public sealed record LiveRow(
    long Branch, string Name, string Title, string Region, long Online, long Beat, long At, long ReceivedAt, long Waiting, long OverTarget,
    long OldestSince, long CountersOpen, long Missing, long Faults, string Version, string Codes = "")
{
    /// <summary>A hub speaks at least every 30 s.</summary>
    public const long SilentAfterMs = 75_000;

    public bool IsThere(long now) => Online == 1 && now - ReceivedAt < SilentAfterMs;

    /// <summary>How long the one waits that has waited longest, milliseconds; null: nobody waits.</summary>
    public long? LongestWaitMs(long now) => OldestSince < 0 ? null : Math.Max(0, At - OldestSince + (IsThere(now) ? Math.Max(0, now - ReceivedAt) : 0));

    /// <summary>What to look at first: a branch that is not there, then faults and missing devices, then people who wait too long.</summary>
    public long Trouble(long now) =>
        (IsThere(now) ? 0 : 1_000_000) + (Math.Min(Faults, 50) * 10_000) + (Math.Min(Missing, 50) * 5_000) + (Math.Min(OverTarget, 40) * 100)
        + (Waiting > 0 && CountersOpen == 0 ? 3_000 : 0) + Math.Min((LongestWaitMs(now) ?? 0) / 60_000, 99);
}
