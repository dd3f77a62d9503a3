using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Core.Updates;

/// <summary>
/// Which device of a branch is updated next. Pure: state and what is so now in, state out; the shell writes it down, and then says the <see cref="Orders"/> that follow of it.
/// One device of each kind at a time, the hub's own last; fetched and installed in the quiet hours, started anew when nobody is disturbed; the next begins when this one is
/// healthy with the new version. One that comes back with the old version, cannot install, or does not come back stops the branch until there is another wish.
/// </summary>
public static class RolloutDecider
{
    /// <summary>A download that fails is tried so often; what else fails is not the network's fault and is not tried again.</summary>
    public const int MostAttempts = 3;

    /// <summary>To fetch and install, milliseconds: a night.</summary>
    public const long InstallPatience = 8 * 3_600_000L;

    /// <summary>How often a device that is ready and waits is noted to be there, milliseconds: its patience is counted from then.</summary>
    private const long NotedEvery = 3_600_000L;

    /// <summary>To come back healthy, milliseconds: a start and the ten minutes of the device's own judgement, with room.</summary>
    public const long RestartPatience = 45 * 60_000L;

    public static RolloutState Next(RolloutState state, RolloutView now, QuietHours quiet)
    {
        if (now.Wish is not { } wish)
        {
            return state;
        }

        if (wish.Number > state.Wish)
        {
            state = new RolloutState(wish.Number, [], null);
        }

        foreach (DeviceProgress device in state.Devices.Where(d => d.IsBusy))
        {
            state = Heard(state, device, now);
        }

        if (state.Stopped is not null)
        {
            // Who was not told to start anew yet loses its order, and has not failed.
            state = state with { Devices = [.. state.Devices.Where(d => d.Step != DeviceStep.Ordered)] };
        }

        return wish.Number < state.Wish || state.Stopped is not null || wish.Paused || !quiet.Has(now.LocalMinute) ? state : Begin(Restart(state, now, quiet), now, wish);
    }

    /// <summary>The id of an order: the same whatever is restarted, another one for each attempt.</summary>
    public static string OrderOf(long wish, DeviceProgress device) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wish}-{device.Attempt}");

    /// <summary>What each device is to be told; who is not in it, has no order.</summary>
    /// <param name="port">Of the service for bundles.</param>
    public static IReadOnlyDictionary<string, UpdateOrder> Orders(RolloutState state, UpdateWish? wish, IReadOnlyDictionary<string, string> compatible, int port)
    {
        var orders = new SortedDictionary<string, UpdateOrder>(StringComparer.Ordinal);
        foreach (DeviceProgress device in state.Devices.Where(d => d.IsBusy && wish?.Number == state.Wish))
        {
            if (wish!.Bundles.FirstOrDefault(b => b.Compatible == compatible.GetValueOrDefault(device.Device) && b.Version == device.Version) is { } bundle)
            {
                orders[device.Device] = new UpdateOrder(
                    1, OrderOf(state.Wish, device), bundle.Compatible, bundle.Version, bundle.Sha256, bundle.Size, port, device.Step == DeviceStep.RestartTold);
            }
        }

        return orders;
    }

    /// <summary>What it waits for, in words; null: for nothing, or it is done.</summary>
    public static string? Waiting(RolloutState state, RolloutView now, QuietHours quiet) => now.Wish is not { } wish || wish.Number != state.Wish || state.Stopped is not null ? null
        : wish.Paused ? "It is paused."
        : state.Devices.FirstOrDefault(d => d.IsBusy) is { } busy ? $"'{busy.Device}' is at it."
        : now.Devices.Count > 0 && now.Devices.All(d => d.Said is null) ? "No device has said yet which image it runs."
        : !now.Devices.Any(d => IsToDo(d, state, wish)) ? null
        : wish.Bundles.Any(b => !now.Here.Contains(b.Sha256)) ? now.NotFetched is { } why ? $"A bundle could not be fetched, it is tried again: {why}" : "A bundle is not here yet."
        : now.LocalMinute is null ? "The clock is not trusted, so nobody knows when the quiet hours are."
        : !quiet.Has(now.LocalMinute) ? "The quiet hours have not begun."
        : "A device that is to be updated is not there.";

    /// <summary>It is of a kind that the wish is for, and does not run it yet.</summary>
    public static bool IsToDo(UpdatableDevice device, RolloutState state, UpdateWish wish) =>
        BundleFor(device, wish) is { } bundle && state.Of(device.Name)?.Step is not (DeviceStep.Failed or DeviceStep.Done) && !Runs(device, bundle);

    public static WishedBundle? BundleFor(UpdatableDevice device, UpdateWish wish) => device.Said is { } said ? wish.Bundles.FirstOrDefault(b => b.Compatible == said.Compatible) : null;

    /// <summary>Healthy, by its own word and by what its units say.</summary>
    public static bool Runs(UpdatableDevice device, WishedBundle bundle) => device is { Said: { Online: true, Confirmed: true } said, Well: true } && said.Version == bundle.Version;

    private static RolloutState Heard(RolloutState state, DeviceProgress device, RolloutView now)
    {
        UpdatableDevice? seen = now.Of(device.Device);
        if (seen?.Said is { Online: true } said)
        {
            bool ours = said.Order == OrderOf(state.Wish, device);
            if (ours && said.Phase == UpdatePhase.Failed)
            {
                return Failed(state, device, said.FailedAt, said.Reason ?? "it did not say why", now.At);
            }

            if (said is { Confirmed: true } && said.Version == device.Version && seen.Well && (!ours || said.Phase is UpdatePhase.Healthy or UpdatePhase.Idle))
            {
                return state.With(device with { Step = DeviceStep.Done, Since = now.At });
            }

            if (device.Step == DeviceStep.Ordered && ours && said.Phase == UpdatePhase.RestartWanted)
            {
                // It waits for us, however long the quiet takes to come.
                return now.At - device.Since < NotedEvery ? state : state.With(device with { Since = now.At });
            }
        }

        long patience = device.Step == DeviceStep.RestartTold ? RestartPatience : InstallPatience;
        return now.At - device.Since < patience ? state
            : device.Step == DeviceStep.RestartTold
            ? Failed(state, device, UpdatePhase.Restarting, "it did not come back healthy in time", now.At)
            : Failed(state, device, UpdatePhase.Downloading, "it did not get ready in time", now.At);
    }

    private static RolloutState Failed(RolloutState state, DeviceProgress device, UpdatePhase? where, string why, long at)
    {
        if (where == UpdatePhase.Downloading && device.Attempt < MostAttempts)
        {
            return state.With(device with { Attempt = device.Attempt + 1, Since = at, Reason = why });
        }

        string sentence = $"'{device.Device}' failed with version {device.Version}: {why}";
        return state.With(device with { Step = DeviceStep.Failed, Since = at, Reason = why }) with { Stopped = state.Stopped ?? sentence };
    }

    /// <summary>One more device that waits for the word to start anew, when nobody is disturbed by it.</summary>
    private static RolloutState Restart(RolloutState state, RolloutView now, QuietHours quiet)
    {
        foreach (DeviceProgress device in state.Devices.Where(d => d.Step == DeviceStep.Ordered))
        {
            if (now.Of(device.Device) is { Said: { Online: true, Phase: UpdatePhase.RestartWanted } said } seen && said.Order == OrderOf(state.Wish, device) && DisturbsNobody(seen, now, quiet)
                && !(seen.IsHub && state.Devices.Any(d => d.IsBusy && d != device)))
            {
                return state.With(device with { Step = DeviceStep.RestartTold, Since = now.At });
            }
        }

        return state;
    }

    private static bool DisturbsNobody(UpdatableDevice device, RolloutView now, QuietHours quiet) =>
        now.Waiting is { } waiting && ((waiting == 0 && now.Served == 0) || (quiet.WhileOpen && !device.IsHub && !device.OnlyOpenDispenser && !device.AtWork));

    /// <summary>Every device that may begin now: of each kind one, the hub's own when all others are done.</summary>
    private static RolloutState Begin(RolloutState state, RolloutView now, UpdateWish wish)
    {
        foreach (UpdatableDevice device in now.Devices.OrderBy(d => d.IsHub).ThenBy(d => d.Name, StringComparer.Ordinal))
        {
            if (!IsToDo(device, state, wish) || device.Said is not { Online: true, Phase: not (UpdatePhase.Installing or UpdatePhase.Restarting) }
                || BundleFor(device, wish) is not { } bundle || !now.Here.Contains(bundle.Sha256) || state.Of(device.Name) is not null
                || state.Devices.Any(d => d.IsBusy && d.Kinds.Intersect(device.Kinds).Any())
                // Of an earlier wish: what it began it ends first.
                || now.Devices.Any(d => d != device && d.Said?.Phase is UpdatePhase.Installing or UpdatePhase.Restarting && d.Kinds.Intersect(device.Kinds).Any()))
            {
                continue;
            }

            if (device.IsHub && (state.Devices.Any(d => d.IsBusy) || now.Devices.Any(d => !d.IsHub && IsToDo(d, state, wish))))
            {
                continue;
            }

            state = state.With(new DeviceProgress(device.Name, device.Kinds, bundle.Version, 1, DeviceStep.Ordered, now.At, Compatible: bundle.Compatible));
        }

        return state;
    }
}
