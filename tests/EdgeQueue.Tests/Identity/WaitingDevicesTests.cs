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
    public void A_code_is_good_for_ten_minutes_and_then_the_device_is_told()
    {
        var device = Add("10.0.0.5");
        time.Advance(WaitingDevices.Life);

        Assert.Equal("noSuchCode", waiting.Take(device.Code).Refusal!.Code);
        Assert.Equal("codeExpired", device.Outcome.Task.Result.Refusal!.Code);
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
    public void After_six_wrong_codes_every_device_shows_another()
    {
        var device = Add("10.0.0.5");
        for (var i = 0; i < WaitingDevices.MostGuesses; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            waiting.Take("00000000");
        }

        Assert.Equal("newCode", device.Outcome.Task.Result.Refusal!.Code);
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

    private WaitingDevice Add(string address)
    {
        var device = Device(address);
        Assert.Null(waiting.Add(device));
        return device;
    }

    private WaitingDevice Device(string address) =>
        new(new ClaimHello(1, "", "", []), ClaimCode.Transcript([(byte)++made], [], [], []), address, time.GetTimestamp());
}
