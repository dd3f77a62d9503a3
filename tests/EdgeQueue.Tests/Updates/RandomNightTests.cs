using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;

namespace EdgeQueue.Tests.Updates;

/// <summary>
/// What holds whatever happens at night: seeded branches whose devices fetch, install, vanish, fail and come back as chance has it, while people come and go, wishes change,
/// and the hub is started again from what is on its disk.
/// </summary>
public sealed class RandomNightTests(ITestOutputHelper output)
{
    private const int Nights = 250;

    private static readonly string[][] Kinds = [["dispenser"], ["keypad"], ["display"], ["keypad", "display"], ["audio"], ["dispenser", "audio"]];

    [Fact]
    public void Whatever_happens_one_of_a_kind_at_a_time_starts_anew_when_nobody_is_disturbed_and_a_failure_stops_the_branch()
    {
        (int done, int stopped, int restarts, int retries) = (0, 0, 0, 0);
        for (int seed = 0; seed < Nights; seed++)
        {
            var chance = new Random(seed);
            Night night = Branch(chance);
            for (int step = 0; step < 200; step++)
            {
                Happen(night, chance);
                RolloutState before = night.State;
                // A hub that was killed goes on from its disk.
                RolloutState kept = Again(before);
                night.Look();
                Assert.Equal(Text(night.State), Text(RolloutDecider.Next(kept, night.View, night.Quiet)));
                try
                {
                    Hold(night, before);
                }
                catch (Exception broken)
                {
                    throw new Xunit.Sdk.XunitException($"seed {seed}: {Text(before)} -> {Text(night.State)}: {broken.Message}");
                }

                restarts += night.State.Devices.Count(d => d.Step == DeviceStep.RestartTold && before.Of(d.Device)?.Step == DeviceStep.Ordered);
                retries += night.State.Devices.Count(d => d.Attempt > 1 && before.Of(d.Device)?.Attempt == d.Attempt - 1);
            }

            done += night.State.Devices.Count(d => d.Step == DeviceStep.Done);
            stopped += night.State.Stopped is null ? 0 : 1;
        }

        output.WriteLine($"{done} devices updated, {stopped} branches stopped, {restarts} restarts, {retries} downloads again");
        Assert.True(done > 150 && stopped > 15 && restarts > 150 && retries > 3, $"{done} {stopped} {restarts} {retries}");
    }

    [Fact]
    public void Where_nothing_fails_and_the_night_is_quiet_every_device_is_updated()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var chance = new Random(seed);
            Night night = Branch(chance);
            for (int step = 0; step < 400; step++)
            {
                night.At += 1000;
                foreach (UpdatableDevice device in night.View.Devices)
                {
                    Proceed(night, device, chance, fails: false);
                }

                night.Look();
            }

            Assert.All(night.View.Devices, d => Assert.Equal("2", d.Said!.Version));
            Assert.Null(night.State.Stopped);
            Assert.Null(RolloutDecider.Waiting(night.State, night.View, night.Quiet));
        }
    }

    private static Night Branch(Random chance)
    {
        var night = new Night { Quiet = chance.Next(3) == 0 ? new QuietHours(22 * 60, 5 * 60, WhileOpen: true) : QuietHours.Usual };
        for (int i = chance.Next(1, 7); i > 0; i--)
        {
            night.With($"device-{i}", Kinds[chance.Next(Kinds.Length)]);
        }

        return chance.Next(2) == 0 ? night : night.With("updates", UpdatableDevice.HubKind);
    }

    private static void Happen(Night night, Random chance)
    {
        night.At += chance.Next(10) == 0 ? chance.Next(3_600_000) : chance.Next(60_000);
        night.Minute = chance.Next(20) == 0 ? null : chance.Next(6) == 0 ? chance.Next(1440) : 23 * 60;
        night.Waiting = chance.Next(20) == 0 ? null : chance.Next(3) == 0 ? chance.Next(5) : 0;
        night.Served = chance.Next(4) == 0 ? 1 : 0;
        if (chance.Next(40) == 0)
        {
            night.Wish = night.Wish! with { Paused = !night.Wish.Paused };
        }

        if (chance.Next(300) == 0)
        {
            night.Wish = night.Wish! with { Number = night.Wish.Number + 1 };
        }

        string hash = new(chance.Next(2) == 0 ? 'a' : 'b', 64);
        _ = chance.Next(30) == 0 ? night.Here.Remove(hash) : night.Here.Add(hash);
        foreach (UpdatableDevice device in night.View.Devices)
        {
            night[device.Name] = device with { OnlyOpenDispenser = device.Kinds.Contains("dispenser") && chance.Next(2) == 0, AtWork = chance.Next(3) == 0, Well = chance.Next(15) != 0 };
            if (chance.Next(3) != 0)
            {
                Proceed(night, night[device.Name], chance, fails: true);
            }

            if (chance.Next(12) == 0)
            {
                night[device.Name] = night[device.Name] with { Said = night[device.Name].Said! with { Online = !night[device.Name].Said!.Online } };
            }
        }
    }

    /// <summary>As an updater does: it takes the order that it has, and goes one step on.</summary>
    private static void Proceed(Night night, UpdatableDevice device, Random chance, bool fails)
    {
        UpdateState said = device.Said!;
        UpdateOrder? order = night.Orders.GetValueOrDefault(device.Name);
        bool fault = fails && chance.Next(25) == 0;
        UpdateState next = (said.Phase, order) switch
        {
            (UpdatePhase.Installing, _) => fault ? Fail(said, UpdatePhase.Installing) : said with { Phase = UpdatePhase.RestartWanted },
            (UpdatePhase.Restarting, _) => fault ? Fail(said, UpdatePhase.Restarting) : said with { Phase = UpdatePhase.Healthy, Version = "2" },
            (_, { } other) when other.Order != said.Order => said with { Order = other.Order, Phase = UpdatePhase.Downloading, FailedAt = null, Reason = null },
            (UpdatePhase.Downloading, { }) => fault ? Fail(said, UpdatePhase.Downloading) : said with { Phase = UpdatePhase.Installing },
            (UpdatePhase.RestartWanted, { Restart: true }) => said with { Phase = UpdatePhase.Restarting },
            (UpdatePhase.Downloading or UpdatePhase.RestartWanted, null) => said with { Phase = UpdatePhase.Idle },
            _ => said,
        };
        night[device.Name] = device with { Said = next };
    }

    private static UpdateState Fail(UpdateState said, UpdatePhase at) => said with { Phase = UpdatePhase.Failed, FailedAt = at, Reason = "as chance had it" };

    private static void Hold(Night night, RolloutState before)
    {
        RolloutState now = night.State;
        RolloutView view = night.View;
        DeviceProgress[] busy = [.. now.Devices.Where(d => d.IsBusy)];
        Assert.True(busy.SelectMany(d => d.Kinds.Distinct()).GroupBy(k => k).All(g => g.Count() == 1), "two of a kind at once");
        Assert.True(now.Devices.All(d => d.Attempt is >= 1 and <= RolloutDecider.MostAttempts), "too many attempts");
        Assert.True(now.Stopped is not null || now.Devices.All(d => d.Step != DeviceStep.Failed), "it failed and goes on");
        bool sameWish = before.Wish == now.Wish;
        foreach (DeviceProgress device in now.Devices)
        {
            DeviceProgress? was = sameWish ? before.Of(device.Device) : null;
            UpdatableDevice seen = view.Of(device.Device)!;
            if (was is null)
            {
                Assert.True(now.Stopped is null && view.Wish is { Paused: false } && night.Quiet.Has(view.LocalMinute), "it began though it may not");
                Assert.True(view.Here.Contains(RolloutDecider.BundleFor(seen, view.Wish!)!.Sha256), "its bundle is not here");
                Assert.True(!seen.IsHub || view.Devices.All(d => d.IsHub || now.Of(d.Name)?.IsBusy != true), "the hub before others");
            }
            else if (was.Step == DeviceStep.Ordered && device.Step == DeviceStep.RestartTold)
            {
                bool nobody = view is { Waiting: 0, Served: 0 };
                Assert.True(before.Stopped is null && now.Stopped is null && view.Wish is { Paused: false } && night.Quiet.Has(view.LocalMinute), "it starts anew though it may not");
                Assert.True(nobody || (night.Quiet.WhileOpen && view.Waiting is not null && !seen.OnlyOpenDispenser && !seen.AtWork && !seen.IsHub), "it disturbs somebody");
                Assert.True(seen.Said is { Online: true, Phase: UpdatePhase.RestartWanted }, "it is not installed");
            }
            else if (device.Step == DeviceStep.Done && was.Step != DeviceStep.Done)
            {
                Assert.True(seen is { Well: true, Said: { Online: true, Confirmed: true, Version: "2" } }, "it is not healthy");
            }

            Assert.True(was is null || was.Step is not (DeviceStep.Done or DeviceStep.Failed) || was.Step == device.Step, "what has ended goes on");
        }

        Assert.True(!sameWish || before.Stopped is null || now.Stopped == before.Stopped, "stopped, and going on");
    }

    private static RolloutState Again(RolloutState state) =>
        UpdateJson.TryRead(UpdateJson.Write(state), out RolloutState? read, out string? fault) ? read : throw new Xunit.Sdk.XunitException(fault);

    private static string Text(RolloutState state) => System.Text.Encoding.UTF8.GetString(UpdateJson.Write(state));
}
