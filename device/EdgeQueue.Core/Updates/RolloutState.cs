using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Core.Updates;

/// <summary>How far a branch is with a wish: all that must survive a restart of the hub. Orders are made of it, never kept beside it.</summary>
/// <param name="Wish">Number of the wish that the rest is about; 0: none yet.</param>
/// <param name="Devices">Those that were given an order, by name, in their order.</param>
/// <param name="Stopped">Why nothing goes on, in words; null: it does. Another wish ends it.</param>
public sealed record RolloutState(long Wish, IReadOnlyList<DeviceProgress> Devices, string? Stopped)
{
    public static readonly RolloutState None = new(0, [], null);

    public DeviceProgress? Of(string device) => Devices.FirstOrDefault(d => d.Device == device);

    /// <summary>The same with this device as it is now.</summary>
    public RolloutState With(DeviceProgress device) =>
        this with { Devices = [.. Devices.Where(d => d.Device != device.Device).Append(device).OrderBy(d => d.Device, StringComparer.Ordinal)] };

    /// <summary>The wish that has this bundle for its kind of image. The others stay as they were wished, but for those that have failed here: nobody asked for them again.</summary>
    /// <param name="before">Null: nothing was wished.</param>
    public UpdateWish Offer(WishedBundle offered, UpdateWish? before) => new(
        1, Math.Max(before?.Number ?? 0, Wish) + 1, [.. (before?.Bundles ?? []).Where(b => b.Compatible != offered.Compatible && !(before!.Number == Wish && HasFailed(b))).Append(offered)]);

    private bool HasFailed(WishedBundle bundle) =>
        Devices.Any(d => d.Step == DeviceStep.Failed && d.Version == bundle.Version && (d.Compatible is null || d.Compatible == bundle.Compatible));
}

/// <param name="Kinds">What it was when it was ordered: while it is busy no other device of these kinds begins.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Since">Branch time of this step, milliseconds.</param>
/// <param name="Reason">Why it failed, in words.</param>
/// <param name="Compatible">Kind of its image; null: written by a release that did not say so.</param>
public sealed record DeviceProgress(string Device, IReadOnlyList<string> Kinds, string Version, int Attempt, DeviceStep Step, long Since, string? Reason = null, string? Compatible = null)
{
    public bool IsBusy => Step is DeviceStep.Ordered or DeviceStep.RestartTold;
}

public enum DeviceStep
{
    /// <summary>It fetches and installs.</summary>
    Ordered,

    /// <summary>It starts anew; what comes back decides.</summary>
    RestartTold,
    Done,
    Failed,
}

/// <summary>What is so just now. Made by the shell of what devices and hub say; nothing of it is remembered.</summary>
/// <param name="Wish">Null: nobody wishes anything.</param>
/// <param name="Here">Hashes of the bundles that lie at the hub, whole.</param>
/// <param name="At">Branch time, milliseconds.</param>
/// <param name="LocalMinute">Of the day, as a clock on the wall shows it; null: not known.</param>
/// <param name="Waiting">People who wait; null: the hub does not say, and then nobody is disturbed.</param>
/// <param name="Served">People who are called or served.</param>
/// <param name="NotFetched">Why the bundle that is not here could not be fetched the last time, in words; null: nobody tried, or it comes.</param>
public sealed record RolloutView(
    UpdateWish? Wish, IReadOnlySet<string> Here, long At, int? LocalMinute, int? Waiting, int Served, IReadOnlyList<UpdatableDevice> Devices, string? NotFetched = null)
{
    public UpdatableDevice? Of(string device) => Devices.FirstOrDefault(d => d.Name == device);
}

/// <param name="Kinds">Roles of its units; the hub's own device has <see cref="HubKind"/>.</param>
/// <param name="Said">What its updater said last; null: nothing yet.</param>
/// <param name="Well">All its units are there and know what they stand for.</param>
/// <param name="OnlyOpenDispenser">No other dispenser gives tickets now.</param>
/// <param name="AtWork">Somebody is called to or served at a counter that it belongs to.</param>
public sealed record UpdatableDevice(string Name, IReadOnlyList<string> Kinds, UpdateState? Said, bool Well, bool OnlyOpenDispenser, bool AtWork)
{
    public const string HubKind = "hub";

    public bool IsHub => Kinds.Contains(HubKind);
}

/// <summary>When a branch may be disturbed.</summary>
/// <param name="From">Minute of the day from which on.</param>
/// <param name="Until">Minute before which; lower than <paramref name="From"/>: of the next day. Equal: all day.</param>
/// <param name="WhileOpen">
/// A device may start anew also while people wait, for branches that never close: one of each kind at a time, not the only open dispenser, not at a counter where somebody is.
/// </param>
public sealed record QuietHours(int From, int Until, bool WhileOpen = false)
{
    public static readonly QuietHours Usual = new(22 * 60, 5 * 60);

    public bool Has(int? minute) => minute is { } now && (From == Until || (From < Until ? now >= From && now < Until : now >= From || now < Until));
}
