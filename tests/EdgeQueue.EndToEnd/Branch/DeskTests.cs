using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>
/// What an operator does with the keys, and what lights above the counter. Each test opens its counter and closes it again,
/// and leaves nobody waiting, so that the next one finds an empty hall.
/// </summary>
[Collection(nameof(WholeBranch))]
public sealed class DeskTests(WatchedBranch branch) : IClassFixture<WatchedBranch>
{
    [Theory]
    [InlineData(1, "KEY_2", "C", 12)] // ht16k33-7
    [InlineData(2, "KEY_3", "F", 12)] // ht16k33-14
    [InlineData(3, "KEY_4", "H", 12)] // max7219-matrix
    [InlineData(4, "KEY_5", "P", 12)] // rs485-board
    public async Task A_call_lights_the_label_and_blinks_and_goes_dark_at_the_end(int number, string button, string prefix, int brightness)
    {
        var desk = new Desk(branch, number);
        await desk.ShowsAsync(0, "----");
        var mark = branch.Mark();
        await desk.OpenAsync();
        await desk.ShowsAsync(mark, "");
        var (label, _) = await branch.TakeTicketAsync(button);
        Assert.StartsWith(prefix, label, StringComparison.Ordinal);

        mark = branch.Mark();
        var called = await desk.MustAsync(Desk.Next);

        Assert.Equal((label, CounterPhase.Called), (called.Label, called.Phase));
        var night = branch.Ear.Branch is { } now && DateTimeOffset.FromUnixTimeMilliseconds(now.Local).Hour is >= 21 or < 7;
        var view = await desk.ShowsAsync(mark, label, v => (bool)v["on"]!);
        Assert.Equal(night ? 3 : brightness, (int)view["brightness"]!);
        // It blinks for five seconds: dark and lit again, by the chip's own blinking or by dark frames.
        var dark = await branch.SeenAsync(
            mark, "display", desk.Display, e => Dark(e["view"]!) && branch.Since(mark, "display", desk.Display)[0].Data != e, "dark between two lights");
        Assert.Contains(branch.Since(mark, "display", desk.Display), e => e.At >= dark.At - 3_000 && !Dark(e.Data["view"]!));
        await Eventually.Is(() => Arrow(Last(desk), number), "the arrow of a call", 30);

        mark = branch.Mark();
        await desk.MustAsync(Desk.Arrive);
        await Eventually.Is(() => !Arrow(Last(desk), number) || number <= 2, "no arrow for somebody who is there", 30);
        await desk.MustAsync(Desk.Dot);
        await desk.ShowsAsync(mark, "");
        await desk.CloseAsync();
        await desk.ShowsAsync(mark, "----");
    }

    [Fact]
    public async Task A_no_show_needs_two_calls_and_ten_seconds_and_is_taken_back_with_undo()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync("1111");
        var (label, _) = await branch.TakeTicketAsync("KEY_1");
        await desk.MustAsync(Desk.Next);

        await desk.RefusedAsync("tooFewCalls", Desk.NoShow);
        // A double press never skips a person: nobody is called before the fate of this one is known.
        await desk.RefusedAsync("notArrived", Desk.Next);
        await desk.RefusedAsync("tooSoon", Desk.Recall);
        await WaitForSpacingAsync();
        Assert.Equal(2, (await desk.MustAsync(Desk.Recall)).Times);
        await desk.RefusedAsync("tooSoon", Desk.NoShow);
        await WaitForSpacingAsync();
        Assert.Equal(CounterPhase.Idle, (await desk.MustAsync(Desk.NoShow)).Phase);

        // They came after all: the wrong NoShow is taken back, and so is a wrong Finish.
        Assert.Equal((label, CounterPhase.Called), Where(await desk.MustAsync(Desk.Undo)));
        Assert.Equal((label, CounterPhase.Serving), Where(await desk.MustAsync(Desk.Arrive)));
        await desk.MustAsync(Desk.Dot);
        Assert.Equal((label, CounterPhase.Serving), Where(await desk.MustAsync(Desk.Undo)));
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task Parked_people_come_back_by_the_number_that_the_keypad_can_type()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync("1111");
        var (label, _) = await branch.TakeTicketAsync("KEY_2");
        await desk.MustAsync(Desk.Next);
        await desk.MustAsync(Desk.Arrive);

        Assert.Equal(CounterPhase.Idle, (await desk.MustAsync(Desk.Slash)).Phase);
        await desk.RefusedAsync("nobodyWaiting", Desk.Next);
        var typed = label.TrimStart('C').TrimStart('0');
        await desk.MustAsync(Desk.Arrive, typed);
        Assert.Equal((label, CounterPhase.Called), Where(await desk.MustAsync(Desk.Next)));

        // Back to the queue, and called by its number.
        await desk.MustAsync(Desk.Slash, "0");
        Assert.Equal((label, CounterPhase.Called), Where(await desk.MustAsync(Desk.Next, typed)));
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task A_transfer_by_digit_goes_to_the_service_and_with_return_comes_back_to_the_operator()
    {
        var (first, second) = (new Desk(branch, 2), new Desk(branch, 3));
        await first.OpenAsync("4444");
        await second.OpenAsync("3333");
        var (label, _) = await branch.TakeTicketAsync("KEY_1");
        await first.MustAsync(Desk.Next);
        await first.MustAsync(Desk.Arrive);

        await first.MustAsync(Desk.Slash, "6"); // family, and back
        Assert.Equal((label, CounterPhase.Called), Where(await second.MustAsync(Desk.Next)));
        await second.MustAsync(Desk.Arrive);
        await second.MustAsync(Desk.Dot);
        Assert.Equal((label, CounterPhase.Called), Where(await first.MustAsync(Desk.Next)));
        await first.MustAsync(Desk.Arrive);

        await first.MustAsync(Desk.Slash, "4"); // housing, for good
        Assert.Equal((label, CounterPhase.Called), Where(await second.MustAsync(Desk.Next)));
        await second.MustAsync(Desk.Arrive);
        await second.MustAsync(Desk.Dot);
        await first.RefusedAsync("nobodyWaiting", Desk.Next);
        await first.CloseAsync();
        await second.CloseAsync();
    }

    [Fact]
    public async Task Pausing_keeps_the_operator_and_a_wrong_PIN_opens_nothing()
    {
        var desk = new Desk(branch, 4);
        await desk.RefusedAsync("counterClosed", Desk.Next);
        Assert.NotNull((await desk.OrderAsync(Desk.Dot, "9876")).Refusal);
        Assert.Equal(CounterPhase.Closed, desk.Shown.Phase);

        await desk.OpenAsync();
        Assert.Equal(CounterPhase.Paused, (await desk.MustAsync(Desk.Dot, "0")).Phase);
        await desk.RefusedAsync("counterPaused", Desk.Next);
        await Task.Delay(600, TestContext.Current.CancellationToken); // the second press of one finger is not taken
        await desk.RefusedAsync("pinNeeded", Desk.Dot, "0");
        var back = await desk.MustAsync(Desk.Dot, "2222");
        Assert.Equal((CounterPhase.Idle, "bjorn"), (back.Phase, back.Operator));
        await desk.CloseAsync();
    }

    [Fact]
    public async Task Two_quick_presses_of_Next_call_one_person()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync("1111");
        var (first, _) = await branch.TakeTicketAsync("KEY_2");
        var (second, _) = await branch.TakeTicketAsync("KEY_2");

        await branch.PressAsync(desk.Keypad, Desk.Next, Desk.Next, Desk.Next);
        await Eventually.Is(() => desk.Shown.Phase == CounterPhase.Called, "somebody is called", 60);
        await Task.Delay(2_000, TestContext.Current.CancellationToken);
        Assert.Equal(first, desk.Shown.Label);
        await desk.MustAsync(Desk.Arrive);

        // Next while serving is Finish and Next: the second press stands on a counter that has moved on.
        await branch.PressAsync(desk.Keypad, Desk.Next, Desk.Next);
        await Eventually.Is(() => desk.Shown.Label == second, "the second is called", 60);
        await Task.Delay(2_000, TestContext.Current.CancellationToken);
        Assert.Equal((second, CounterPhase.Called), Where(desk.Shown));
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task Accepted_is_one_long_light_and_refused_are_several_short_ones()
    {
        var desk = new Desk(branch, 3);
        var mark = branch.Mark();
        await desk.RefusedAsync("counterClosed", Desk.Recall);
        var refused = await desk.LightsAsync(mark);

        mark = branch.Mark();
        await desk.OpenAsync();
        var accepted = await desk.LightsAsync(mark);
        await desk.CloseAsync();

        Assert.Contains(accepted, light => light >= 400);
        Assert.DoesNotContain(refused, light => light >= 400);
        Assert.InRange(refused.Count, 2, 4);
    }

    /// <summary>The example's policy: ten seconds between two calls, and before a no-show.</summary>
    private static Task WaitForSpacingAsync() => Task.Delay(TimeSpan.FromSeconds(11), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Without_the_broker_every_display_shows_that_it_may_be_old_and_stops_when_it_is_back()
    {
        var desks = Enumerable.Range(1, 4).Select(number => new Desk(branch, number)).ToList();
        await Eventually.Is(() => desks.All(d => !Stale(Last(d))), "nothing is old", 60);
        var beat = branch.Ear.Branch!.Beat;
        var broker = branch.Stage["broker"];
        var mark = branch.Mark();
        broker.Held = true;
        Assert.True(Signals.Send(broker.Pid, Signals.Kill));

        foreach (var desk in desks)
        {
            await branch.SeenAsync(mark, "display", desk.Display, e => Stale(e["view"]!), $"the stale sign of {desk.Display}", 90);
        }

        broker.Held = false;
        // The sign pulses once a second: gone is what does not come again for three.
        var last = branch.Now;
        await Eventually.Is(
            () =>
            {
                last = desks.Any(d => Stale(Last(d))) ? branch.Now : last;
                return branch.Now - last > 3_000;
            },
            "no display shows the stale sign any more", 120);
        await Eventually.Is(() => branch.Ear.Branch is { } now && now.IsComplete() && now.Beat > beat, "everybody is back", 120);
    }

    /// <summary>All points of the digits, or the dotted line at the bottom.</summary>
    private static bool Stale(JsonNode view) => view["rows"] is { } rows
        ? ((string)rows.AsArray()[^1]!).Contains('#', StringComparison.Ordinal)
        : view["cells"]!.AsArray().All(cell => ((int)cell! & ((string)view["kind"]! == "segments7" ? 0x80 : 0x4000)) != 0);

    private static (string?, CounterPhase) Where(CounterMessage counter) => (counter.Label, counter.Phase);

    private static bool Dark(JsonNode view) =>
        !(bool)view["on"]! || ((view["rows"]?.AsArray().All(r => !((string)r!).Contains('#', StringComparison.Ordinal)) ?? true)
            && view["cells"]!.AsArray().All(c => (int)c! == 0));

    private JsonNode Last(Desk desk) => branch.Since(0, "display", desk.Display)[^1].Data["view"]!;

    /// <summary>The dots of the arrow that the example's counters 3 (left) and 4 (right) show beside a called label.</summary>
    private static bool Arrow(JsonNode view, int number) => number switch
    {
        3 => Column(view, 0, 5) is ".....|..#..|.#...|#####|.#...|..#..|.....",
        4 => Column(view, 24, 5) is ".....|..#..|...#.|#####|...#.|..#..|.....",
        _ => true,
    };

    private static string Column(JsonNode view, int from, int width) =>
        string.Join('|', view["rows"]!.AsArray().Take(7).Select(r => ((string)r!).Substring(from, width)));
}
