using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Tests.Node;

namespace EdgeQueue.Tests.Identity;

/// <summary>Who waits at the hub to be claimed, for how long, and how often a code may be guessed.</summary>
public sealed class WaitingDevicesTests
{
    private readonly FakeTime time = new();
    private readonly WaitingDevices waiting;
    private int made;

    public WaitingDevicesTests() => waiting = new WaitingDevices(time);

    [Fact]
    public void A_code_works_once()
    {
        var device = Add("10.0.0.5");

        Assert.Same(device, waiting.Take(device.Code).Device);
        Assert.Equal("noSuchCode", waiting.Take(device.Code).Refusal!.Code);
    }

    [Fact]
    public void A_code_may_be_typed_as_it_is_read()
    {
        var device = Add("10.0.0.5");

        Assert.Same(device, waiting.Take($" {device.Code[..4]} {device.Code[4..]}").Device);
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes_and_then_the_device_is_told()
    {
        var device = Add("10.0.0.5");
        time.Advance(WaitingDevices.Life);

        Assert.Equal("noSuchCode", waiting.Take(device.Code).Refusal!.Code);
        Assert.Equal("codeExpired", (await device.Outcome.Task).Refusal!.Code);
    }

    [Fact]
    public void After_three_wrong_codes_there_is_a_growing_pause_in_which_the_right_one_is_refused_too()
    {
        var device = Add("10.0.0.5");
        for (var i = 0; i < WaitingDevices.FreeGuesses + 1; i++)
        {
            Assert.Equal("noSuchCode", waiting.Take("00000000").Refusal!.Code);
        }

        Assert.Equal("throttled", waiting.Take(device.Code).Refusal!.Code);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("noSuchCode", waiting.Take("00000000").Refusal!.Code);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("throttled", waiting.Take(device.Code).Refusal!.Code);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(device, waiting.Take(device.Code).Device);
    }

    [Fact]
    public async Task After_six_wrong_codes_every_device_shows_another()
    {
        var device = Add("10.0.0.5");
        for (var i = 0; i < WaitingDevices.MostGuesses; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            waiting.Take("00000000");
        }

        Assert.Equal("newCode", (await device.Outcome.Task).Refusal!.Code);
        Assert.Empty(waiting.All());
    }

    [Fact]
    public void Eight_devices_may_wait_and_two_from_one_address()
    {
        Add("10.0.0.1");
        Add("10.0.0.1");
        Assert.Equal("tooManyFromHere", waiting.Add(Device("10.0.0.1"))!.Code);
        for (var i = 2; i <= 4; i++)
        {
            Add($"10.0.0.{i}");
            Add($"10.0.0.{i}");
        }

        Assert.Equal("tooManyWait", waiting.Add(Device("10.0.0.9"))!.Code);
    }

    [Fact]
    public void Ten_may_ask_in_a_minute_from_all_addresses_together()
    {
        for (var i = 0; i < WaitingDevices.MostInAMinute; i++)
        {
            Assert.Null(waiting.MayAsk($"10.0.0.{i}"));
        }

        Assert.Equal("tooManyAsk", waiting.MayAsk("10.0.0.99")!.Code);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(waiting.MayAsk("10.0.0.99"));
    }

    [Fact]
    public void One_address_may_ask_five_times_in_a_minute_and_the_technician_sees_which_was_turned_away()
    {
        for (var i = 0; i < WaitingDevices.MostInAMinuteFromOneAddress; i++)
        {
            Assert.Null(waiting.MayAsk("10.0.0.1"));
        }

        Assert.Equal("tooManyAsk", waiting.MayAsk("10.0.0.1")!.Code);
        Assert.Null(waiting.MayAsk("10.0.0.2"));
        Assert.Equal(["10.0.0.1"], waiting.Refused());
        time.Advance(WaitingDevices.Life);
        Assert.Empty(waiting.Refused());
    }

    [Fact]
    public void Wrong_codes_of_half_an_hour_ago_are_forgotten()
    {
        for (var i = 0; i < WaitingDevices.MostGuesses - 1; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            waiting.Take("00000000");
        }

        time.Advance(WaitingDevices.Forgiven);
        var device = Add("10.0.0.5");
        waiting.Take("00000000");

        Assert.False(device.Outcome.Task.IsCompleted);
        Assert.Same(device, waiting.Take(device.Code).Device);
    }

    [Fact]
    public void After_all_codes_were_made_new_a_single_typo_does_not_make_them_new_again()
    {
        for (var i = 0; i < WaitingDevices.MostGuesses; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            waiting.Take("00000000");
        }

        var device = Add("10.0.0.5");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("noSuchCode", waiting.Take("00000000").Refusal!.Code);

        Assert.False(device.Outcome.Task.IsCompleted);
        Assert.Equal("throttled", waiting.Take(device.Code).Refusal!.Code);
    }

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5")]
    [InlineData("::ffff:10.0.0.5", "10.0.0.5")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("fe80::1", "fe80::1")]
    public void A_network_of_IPv6_counts_as_one_address(string remote, string counted) =>
        Assert.Equal(counted, CallerAddress.Of(System.Net.IPAddress.Parse(remote)));

    private WaitingDevice Add(string address)
    {
        var device = Device(address);
        Assert.Null(waiting.Add(device));
        return device;
    }

    private WaitingDevice Device(string address) =>
        new(new ClaimHello(1, "", "", []), ClaimCode.Transcript([(byte)++made], [], [], []), address, time.GetTimestamp());
}
