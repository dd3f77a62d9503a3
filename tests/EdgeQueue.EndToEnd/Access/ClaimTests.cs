using System.Diagnostics;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Access;

/// <summary>A device out of its box: it shows a code in light, a technician types it at the hub, and it serves.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task A_new_display_shows_its_code_is_claimed_serves_and_is_replaced_by_one_command()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync(hub);
        await using var first = new LitDevice(registrar, "first");

        // When: its code is read from its light and typed at the hub.
        string code = await first.ReadCodeAsync();
        var watch = Stopwatch.StartNew();
        (int result, string said) = await registrar.TypeAsync("claim", code[..4], code[4..], "--node", "counter-2-display", "--role", "display", "--counter", "2");
        Assert.True(result == 0, said);

        // Then: the hub knows it from its configuration, and a call at counter c2 is lit.
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 2);
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await hub.LoggedAsync("counter-2-display/screen is there");
        await ServesAsync(keypad, door, first);
        TestContext.Current.TestOutputHelper?.WriteLine($"served {watch.ElapsedMilliseconds} ms after the code was typed");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"served after {watch.Elapsed}");
        string identity = Path.Combine(registrar.Folder, "first", DeviceState.Identity);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(identity));

        // The same code again, and the same name for another device: refused, and nothing has changed.
        (result, said) = await registrar.TypeAsync("claim", code, "--node", "another");
        Assert.Equal(1, result);
        Assert.Contains("No device that waits here shows this code", said, StringComparison.Ordinal);
        Assert.DoesNotContain("another", await File.ReadAllTextAsync(registrar.BranchFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Given: the device breaks. One command gives its place to the next.
        await using var second = new LitDevice(registrar, "second");
        code = await second.ReadCodeAsync();
        Assert.Equal(1, (await registrar.TypeAsync("claim", code, "--node", "counter-2-display")).Code);
        (result, said) = await registrar.TypeAsync("replace", code, "--node", "counter-2-display");
        Assert.True(result == 0, said);
        Assert.Equal(2, (await File.ReadAllTextAsync(registrar.BranchFile, TestContext.Current.CancellationToken)).Split("counter-2-display").Length);

        // The broken one is not let in any more. The new one has its place, and so its display's path: it lights that.
        await Eventually.Is(() => first.Log.Contains("has been revoked", StringComparison.Ordinal), "the first device is told that it is revoked");
        first.SwitchOff();
        await ServesAsync(keypad, door, first);
        Assert.Contains("display counter-2-display/screen", second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_asks_a_moment_after_its_device_was_claimed_shows_no_second_code()
    {
        // Given: the units of a device start their enrolment one by one; one was claimed for all while another still waited for its turn.
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        await using var device = new LitDevice(registrar, "device");
        string code = await device.ReadCodeAsync();
        (int result, string said) = await registrar.TypeAsync("claim", code, "--node", "counter-1-display", "--counter", "1");
        Assert.True(result == 0, said);
        await Eventually.Is(() => device.Log.Contains("display counter-1-display/screen", StringComparison.Ordinal), "the claimed unit plays its role");

        // When: it has its turn.
        Process late = registrar.Run(Executables.Tool, ["enrol", "--device", Path.Combine(registrar.Folder, "device.json"), "--unit", "screen"]);
        await late.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        // Then: there is nothing to claim, and what came for it is there.
        Assert.Equal(0, late.ExitCode);
        Assert.DoesNotContain(registrar.Log.Split('\n'), line => line.StartsWith("code ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessed_codes_are_slowed_down_and_the_device_shows_another()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        await using var device = new LitDevice(registrar, "device");
        string code = await device.ReadCodeAsync();
        string before = await File.ReadAllTextAsync(registrar.BranchFile, TestContext.Current.CancellationToken);

        string guess = code[..7] + (code[7] == '0' ? '1' : '0');
        for (int i = 0; i <= 3; i++)
        {
            DeskAnswer wrong = await registrar.AskAsync(new DeskRequest("claim", guess, "stranger", Counter: "1"));
            Assert.False(wrong.Done);
            Assert.Contains("No device that waits here", wrong.Lines[0], StringComparison.Ordinal);
        }

        // Now even the right one has to wait.
        DeskAnswer slowed = await registrar.AskAsync(new DeskRequest("claim", code, "stranger", Counter: "1"));
        Assert.False(slowed.Done);
        Assert.Contains("Too many wrong codes", slowed.Lines[0], StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(registrar.BranchFile, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(registrar.Folder, "device", DeviceState.Identity)));
    }

    [Fact]
    public async Task A_box_between_device_and_hub_is_noticed_and_gains_nothing()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        await using var between = new BoxBetween(registrar.EnrolmentPort);
        await using var device = new LitDevice(registrar, "device", between.Port);

        // The device shows a code for the box's keys; the hub waits with one for the box's keys: they differ.
        string shown = await device.ReadCodeAsync();
        await Eventually.Is(() => between.WaitsAtHub, "the box waits at the hub in the device's place");
        DeskAnswer typed = await registrar.AskAsync(new DeskRequest("claim", shown, "caught", Counter: "1"));

        Assert.False(typed.Done);
        Assert.Contains("somebody stands between", typed.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("caught", await File.ReadAllTextAsync(registrar.BranchFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("a device was claimed", registrar.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_that_passes_everything_on_and_changes_the_answer_is_not_believed()
    {
        await using RegistrarUnderTest registrar = await RegistrarUnderTest.StartAsync();
        await using var between = new BoxBetween(registrar.EnrolmentPort) { PassesOn = true };
        await using var device = new LitDevice(registrar, "device", between.Port);
        string shown = await device.ReadCodeAsync();

        // Keys and nonces were passed on as they were, so the code is right; the broker's address in the answer is the box's.
        DeskAnswer typed = await registrar.AskAsync(new DeskRequest("claim", shown, "counter-1-display", Counter: "1"));

        Assert.True(typed.Done, string.Join('\n', typed.Lines));
        await Eventually.Is(() => device.Log.Contains("not from the hub whose code this was", StringComparison.Ordinal), "the device refuses the answer");
        Assert.False(File.Exists(Path.Combine(registrar.Folder, "device", DeviceState.Identity)));
    }

    /// <summary>A customer takes a ticket, the operator of c2 presses Next, and the device lights the label.</summary>
    private static async Task ServesAsync(TestUnit keypad, TestUnit door, LitDevice device)
    {
        ReplyMessage ticket = await door.TicketAsync();
        Assert.Null(ticket.Refusal);
        ReplyMessage opened = await keypad.DoAsync(new OpenCounter("c2", "12", null, TakeOver: true, default));
        ReplyMessage called = await keypad.DoAsync(new CallNext("c2", opened.Counter!.Version, default));
        Assert.Null(called.Refusal);
        await device.ShowsAsync(ticket.Ticket!.Label);
        Assert.Null((await keypad.DoAsync(new Arrive("c2", called.Counter!.Version, default))).Refusal);
    }
}
