using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;

namespace EdgeQueue.Tests.Updates;

/// <summary>Which device of a branch is updated when.</summary>
public sealed class RolloutTests
{
    [Fact]
    public void One_device_of_each_kind_is_updated_at_a_time_and_the_hub_last()
    {
        Night night = new Night().With("door-1", "dispenser").With("door-2", "dispenser").With("desk-1", "keypad", "display").With("desk-2", "display").With("updates", UpdatableDevice.HubKind);

        Assert.Equal("desk-1 door-1", night.Look().Ordered);
        Assert.Equal("desk-1 door-2", night.Updates("door-1").Ordered);
        Assert.Equal("desk-1", night.Updates("door-2").Ordered);
        Assert.Equal("desk-2", night.Updates("desk-1").Ordered);
        Assert.Equal("updates", night.Updates("desk-2").Ordered);
        Assert.Equal("", night.Updates("updates").Ordered);
        Assert.All(night.State.Devices, d => Assert.Equal(DeviceStep.Done, d.Step));
        Assert.Null(RolloutDecider.Waiting(night.State, night.View, night.Quiet));
    }

    [Fact]
    public void Nothing_begins_outside_of_the_quiet_hours_or_while_nobody_knows_the_time()
    {
        Night night = new Night { Minute = 12 * 60 }.With("desk-1", "keypad");

        Assert.Equal("", night.Look().Ordered);
        Assert.Equal("The quiet hours have not begun.", RolloutDecider.Waiting(night.State, night.View, night.Quiet));
        night.Minute = null;
        Assert.Equal("", night.Look().Ordered);
        night.Minute = 4 * 60;
        Assert.Equal("desk-1", night.Look().Ordered);
    }

    [Fact]
    public void Head_office_is_told_why_a_bundle_is_not_here()
    {
        Night night = new Night().With("desk-1", "keypad");
        night.Here.Clear();

        Assert.Equal("A bundle is not here yet.", RolloutDecider.Waiting(night.Look().State, night.View, night.Quiet));
        night.NotFetched = "images.example answered 503";
        Assert.Equal("A bundle could not be fetched, it is tried again: images.example answered 503", RolloutDecider.Waiting(night.Look().State, night.View, night.Quiet));
    }

    [Fact]
    public void A_device_waits_for_the_word_to_start_anew_until_nobody_waits_or_is_served()
    {
        Night night = new Night { Waiting = 1 }.With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted);

        Assert.Equal("desk-1", night.Look().Ordered);
        (night.Waiting, night.Served) = (0, 1);
        Assert.Equal("desk-1", night.Look().Ordered);
        (night.Waiting, night.Served, night.Minute) = (0, 0, 12 * 60);
        night.At += 100 * RolloutDecider.InstallPatience;
        Assert.Equal("desk-1", night.Look().Ordered);
        (night.Waiting, night.Minute) = (null, 23 * 60);
        Assert.Equal("desk-1", night.Look().Ordered);
        night.Waiting = 0;
        Assert.Equal("desk-1!", night.Look().Ordered);
    }

    [Fact]
    public void In_a_branch_that_never_closes_the_only_open_dispenser_a_counter_at_work_and_the_hub_wait_all_the_same()
    {
        Night night = new Night { Waiting = 4, Served = 2, Quiet = new QuietHours(0, 0, WhileOpen: true) }.With("desk-1", "keypad").With("door-1", "dispenser");
        night["door-1"] = night["door-1"] with { OnlyOpenDispenser = true };
        night["desk-1"] = night["desk-1"] with { AtWork = true };
        night.Look().Says("door-1", UpdatePhase.RestartWanted).Says("desk-1", UpdatePhase.RestartWanted);

        Assert.Equal("desk-1 door-1", night.Look().Ordered);
        night["desk-1"] = night["desk-1"] with { AtWork = false };
        Assert.Equal("desk-1! door-1", night.Look().Ordered);
        night["door-1"] = night["door-1"] with { OnlyOpenDispenser = false };
        Assert.Equal("desk-1! door-1!", night.Look().Ordered);
    }

    [Fact]
    public void A_device_that_comes_back_with_the_old_version_stops_the_branch_and_is_named()
    {
        Night night = new Night().With("desk-1", "keypad").With("desk-2", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted).Look();
        Assert.Equal("desk-1!", night.Ordered);

        night.Says("desk-1", UpdatePhase.Failed, UpdatePhase.Restarting, "it came back with version 1").Look();
        Assert.Equal("", night.Ordered);
        Assert.Equal("'desk-1' failed with version 2: it came back with version 1", night.State.Stopped);
        night.At += 1_000_000_000;
        Assert.Equal("", night.Look().Look().Ordered);

        // Another wish is another roll-out.
        night.Wish = night.Wish! with { Number = 2, Bundles = [night.Wish.Bundles[0] with { Version = "3" }] };
        Assert.Equal("desk-1", night.Look().Ordered);
    }

    [Fact]
    public void When_the_branch_is_stopped_who_is_not_starting_anew_yet_loses_its_order_and_has_not_failed()
    {
        Night night = new Night().With("box", "audio").With("desk-1", "keypad").With("door-1", "dispenser").Look().Says("box", UpdatePhase.RestartWanted).Look().Says("door-1", UpdatePhase.RestartWanted);
        Assert.Equal("box! desk-1 door-1", night.Ordered);

        Assert.Equal("box!", night.Says("door-1", UpdatePhase.Failed, UpdatePhase.Installing, "signature").Look().Ordered);
        night.At += 2 * RolloutDecider.InstallPatience;
        Assert.Equal("'door-1' failed with version 2: signature", night.Says("box", UpdatePhase.Healthy).Look().State.Stopped);
        Assert.Equal(["box Done", "door-1 Failed"], night.State.Devices.Select(d => $"{d.Device} {d.Step}"));
    }

    [Fact]
    public void A_device_that_was_ready_for_days_and_is_away_for_a_moment_has_not_failed()
    {
        Night night = new Night { Waiting = 1 }.With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted);
        for (int hour = 0; hour < 72; hour++)
        {
            night.At += 3_600_000;
            night.Look();
        }

        night["desk-1"] = night["desk-1"] with { Said = night["desk-1"].Said! with { Online = false }, Well = false };
        night.At += RolloutDecider.InstallPatience - 3_600_000;
        Assert.Equal("1-1", night.Look().Orders["desk-1"].Order);

        // Not there for the time that a download may take is one attempt.
        night.At += 3_600_000;
        Assert.Equal("1-2", night.Look().Orders["desk-1"].Order);
        night.At += 2 * RolloutDecider.InstallPatience;
        night.Look().At += RolloutDecider.InstallPatience;
        Assert.Equal("'desk-1' failed with version 2: it did not get ready in time", night.Look().State.Stopped);
    }

    [Fact]
    public void A_device_that_was_started_anew_by_somebody_else_and_is_healthy_is_done_without_the_word()
    {
        Night night = new Night { Waiting = 1 }.With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted).Look().Says("desk-1", UpdatePhase.Healthy).Look();

        Assert.Equal(DeviceStep.Done, night.State.Of("desk-1")!.Step);
    }

    [Fact]
    public void A_download_is_tried_three_times_and_each_time_under_another_name()
    {
        Night night = new Night().With("desk-1", "keypad").Look();
        var orders = new List<string>();
        while (night.Ordered.Length > 0)
        {
            orders.Add(night.Orders["desk-1"].Order);
            night.Says("desk-1", UpdatePhase.Failed, UpdatePhase.Downloading, "the network").Look();
        }

        Assert.Equal(["1-1", "1-2", "1-3"], orders);
        Assert.NotNull(night.State.Stopped);
    }

    [Fact]
    public void A_bundle_that_does_not_install_is_not_tried_again()
    {
        Night night = new Night().With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.Failed, UpdatePhase.Installing, "signature").Look();

        Assert.Equal("'desk-1' failed with version 2: signature", night.State.Stopped);
    }

    [Fact]
    public void A_bundle_that_failed_is_not_tried_again_when_one_of_another_kind_is_offered_but_when_it_is_offered_itself()
    {
        Night night = new Night().With("desk-1", "keypad").With("updates", UpdatableDevice.HubKind).Look().Says("desk-1", UpdatePhase.Failed, UpdatePhase.Installing, "no").Look();
        UpdateWish first = night.Wish!;
        WishedBundle failed = first.Bundles[0], hubs = first.Bundles[1];

        UpdateWish other = night.State.Offer(hubs, first);
        UpdateWish again = night.State.Offer(failed, first);

        Assert.Equal([hubs], other.Bundles);
        Assert.Equal([hubs, failed], again.Bundles);
        Assert.Equal((2, 2), (other.Number, again.Number));
        night.Wish = other;
        Assert.Equal("updates", night.Look().Ordered);
        Assert.Equal([hubs, failed], night.State.Offer(failed, other).Bundles);
        Assert.Equal(3, night.State.Offer(failed, other).Number);
    }

    [Fact]
    public void What_failed_of_an_earlier_wish_stays_in_one_that_wishes_it_anew_and_the_desk_has_not_read()
    {
        Night night = new Night().With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.Failed, UpdatePhase.Installing, "no").Look();
        UpdateWish anew = night.Wish! with { Number = 7 };

        Assert.Equal(anew.Bundles, night.State.Offer(anew.Bundles[1], anew).Bundles);
        Assert.Equal(8, night.State.Offer(anew.Bundles[1], anew).Number);
    }

    [Fact]
    public void A_device_that_does_not_come_back_stops_the_branch()
    {
        Night night = new Night().With("desk-1", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted).Look();
        night["desk-1"] = night["desk-1"] with { Said = night["desk-1"].Said! with { Online = false }, Well = false };
        night.At += RolloutDecider.RestartPatience - 1;
        Assert.Null(night.Look().State.Stopped);
        night.At += 1;

        Assert.Equal("'desk-1' failed with version 2: it did not come back healthy in time", night.Look().State.Stopped);
    }

    [Fact]
    public void A_device_is_done_only_when_it_and_its_units_are_well_with_the_new_version()
    {
        Night night = new Night().With("desk-1", "keypad").With("desk-2", "keypad").Look().Says("desk-1", UpdatePhase.RestartWanted).Look().Says("desk-1", UpdatePhase.Healthy);
        night["desk-1"] = night["desk-1"] with { Well = false };
        Assert.Equal("desk-1!", night.Look().Ordered);
        night["desk-1"] = night["desk-1"] with { Well = true, Said = night["desk-1"].Said! with { Confirmed = false } };
        Assert.Equal("desk-1!", night.Look().Ordered);
        night["desk-1"] = night["desk-1"] with { Said = night["desk-1"].Said! with { Confirmed = true } };
        Assert.Equal("desk-2", night.Look().Ordered);
    }

    [Fact]
    public void Nothing_is_ordered_whose_bundle_is_not_here_and_nothing_while_it_is_paused()
    {
        Night night = new Night().With("desk-1", "keypad");
        night.Here.Clear();
        Assert.Equal("", night.Look().Ordered);
        night.Here.Add(new string('a', 64));
        night.Wish = night.Wish! with { Paused = true };
        Assert.Equal("", night.Look().Ordered);
        night.Wish = night.Wish! with { Paused = false };
        Assert.Equal("desk-1", night.Look().Ordered);
        night.Says("desk-1", UpdatePhase.RestartWanted).Wish = night.Wish! with { Paused = true };
        Assert.Equal("desk-1", night.Look().Ordered);
    }

    [Fact]
    public void An_older_wish_changes_nothing_and_takes_the_orders_of_the_newer_one_back()
    {
        Night night = new Night { Wish = new(1, 5, [new WishedBundle(Night.Kind, "2", 1000, new string('a', 64))]) }.With("desk-1", "keypad").Look();
        RolloutState before = night.State;
        night.Wish = night.Wish! with { Number = 4 };

        Assert.Equal("", night.Look().Ordered);
        Assert.Equal(before.Wish, night.State.Wish);
    }

    [Fact]
    public void A_device_that_runs_the_version_already_or_is_of_another_kind_is_let_be()
    {
        Night night = new Night().With("desk-1", "keypad").With("box", "audio");
        night["desk-1"] = night["desk-1"] with { Said = night["desk-1"].Said! with { Version = "2" } };
        night["box"] = night["box"] with { Said = night["box"].Said! with { Compatible = "another" } };

        Assert.Equal("", night.Look().Ordered);
        Assert.Empty(night.State.Devices);
    }
}
