using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Very many press at once: law 2 (one writer) and law 3 (same command twice, one effect), counted in the journal.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class ContentionTests(ITestOutputHelper output)
{
    private const int Desks = 100;
    private const int Keypads = 8;
    private const int Rounds = 50;
    private const int KeptWaiting = 1000;

    [Fact]
    [Trait("Length", "Long")]
    public Task A_hundred_desks_and_eight_keypads_press_at_once_and_nobody_is_called_twice() => PressAsync(copies: 1);

    [Fact]
    public Task Commands_delivered_twice_and_again_after_a_restart_have_one_effect() => PressAsync(copies: 2);

    [Fact]
    public async Task A_double_press_on_one_keypad_never_skips_a_person()
    {
        await using ManyDesks branch = await ManyDesks.StartAsync(1, 1);
        await using var door = new Desk(branch, new UnitAddress("door", "tickets"));
        for (int i = 0; i < 30; i++)
        {
            await IssueAsync(door);
        }

        using var keys = new FakeKeys(branch.Devices.Input(new UnitAddress("desk-2", "keypad")));
        var keypad = new Pad(branch, keys, "c2", new UnitAddress("desk-2", "keypad"));
        await keypad.OpenAsync("1002");
        for (int i = 0; i < 20; i++)
        {
            await keypad.PressAsync(KeyCode.KeypadEnter, times: 2 + (i % 3));
            await branch.UntilAsync("somebody is called", () => branch.Watch.Counters["c2"].Phase == Core.Contracts.Messages.CounterPhase.Called);
            await keypad.PressAsync(KeyCode.KeypadPlus);
            await branch.UntilAsync("the customer has arrived", () => branch.Watch.Counters["c2"].Phase == Core.Contracts.Messages.CounterPhase.Serving);
        }

        var events = branch.Journal.Events();
        long[] called = [.. events.Select(e => e.Event).OfType<VisitCalled>().Select(c => c.Visit)];
        Assert.Equal(20, called.Length);
        // In order and without a hole: nobody was passed over, nobody was sent away.
        Assert.Equal(Enumerable.Range(0, 20).Select(i => called[0] + i), called);
        Assert.Equal(19, events.Count(e => e.Event is VisitEnded { How: VisitEnd.Finished }));
        Assert.Equal(19, events.Count(e => e.Event is VisitEnded));
    }

    private async Task PressAsync(int copies)
    {
        await using ManyDesks branch = await ManyDesks.StartAsync(Desks, Keypads);
        await using var door = new Desk(branch, new UnitAddress("door", "tickets"), copies);
        var desks = Enumerable.Range(1, Desks).Select(i => new Desk(branch, new UnitAddress($"desk-{i}", "keypad"), copies)).ToList();
        var pads = Enumerable.Range(Desks + 1, Keypads).Select(i =>
        {
            var unit = new UnitAddress($"desk-{i}", "keypad");
            return new Pad(branch, new FakeKeys(branch.Devices.Input(unit)), $"c{i}", unit);
        }).ToList();
        try
        {
            await Task.WhenAll(desks.Select((d, i) => MustAsync(d, new OpenCounter($"c{i + 1}", $"{1001 + i}", null, false, default))));
            await Task.WhenAll(pads.Select((p, i) => p.OpenAsync($"{1001 + Desks + i}")));
            await RoundsAsync(branch, door, desks, pads);

            var events = branch.Journal.Events();
            Count(branch, events, desks, pads);
            if (copies > 1)
            {
                await ReplayAllAsync(branch, door, desks, events);
            }
        }
        finally
        {
            foreach (Desk desk in desks)
            {
                await desk.DisposeAsync();
            }

            pads.ForEach(p => p.Keys.Dispose());
        }
    }

    private static async Task RoundsAsync(ManyDesks branch, Desk door, List<Desk> desks, List<Pad> pads)
    {
        int issued = 0;
        int called = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (; issued - called < KeptWaiting; issued += 50)
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => IssueAsync(door)));
            }

            using var barrier = new ManualResetEventSlim();
            var presses = desks.Select((desk, i) => Task.Run(async () =>
            {
                barrier.Wait();
                return await MustAsync(desk, new CallNext($"c{i + 1}", desk.Seen, default));
            })).ToList();
            var keys = pads.Select(pad => Task.Run(async () =>
            {
                barrier.Wait();
                await pad.PressAsync(KeyCode.KeypadEnter);
            })).ToList();
            barrier.Set();
            ReplyMessage[] replies = await Task.WhenAll(presses);
            await Task.WhenAll(keys);
            Assert.All(replies, r => Assert.NotNull(r.Why));
            called += desks.Count + pads.Count;

            await Task.WhenAll(desks.Select((desk, i) => MustAsync(desk, new Arrive($"c{i + 1}", desk.Seen, default))));
            await Task.WhenAll(pads.Select(p => p.PressAsync(KeyCode.KeypadPlus)));
            if (round % 2 == 1)
            {
                await Task.WhenAll(desks.Select((desk, i) => MustAsync(desk, new Finish($"c{i + 1}", desk.Seen, [], null, [], default))));
            }
        }

        // The pads' replies are heard by the branch's ear; the last ones may still be on their way to it.
        await branch.UntilAsync("every press of a keypad is answered", () => pads.All(p => p.Answered >= p.Pressed));
    }

    private void Count(ManyDesks branch, List<(long Seq, Event Event)> events, List<Desk> desks, List<Pad> pads)
    {
        Accounts.NobodyTwice(events);
        var called = events.Select(e => e.Event).OfType<VisitCalled>().ToList();
        Assert.Equal((Desks + Keypads) * Rounds, called.Count);
        Assert.Equal(called.Count, called.Select(c => c.Visit).Distinct().Count());
        Assert.All(called.GroupBy(c => c.Counter), g => Assert.Equal(Rounds, g.Count()));
        var issued = events.Select(e => e.Event).OfType<TicketIssued>().ToList();
        Assert.Equal(issued.Count, issued.Select(i => i.Label).Distinct().Count());
        Assert.Equal(issued.Count, issued.Select(i => i.Press).Distinct().Count());
        Assert.All(desks, d => Assert.Equal(d.Sent.Count, d.Answers.Count));
        Assert.All(desks, d => Assert.Equal(0, d.DifferentAnswers));
        output.WriteLine(
            $"{desks.Count} desks and {pads.Count} keypads, {Rounds} rounds: {issued.Count} tickets, all different; {called.Count} calls of {called.Count} different visits; "
            + $"{desks.Sum(d => d.Sent.Count)} commands of desks and {pads.Sum(p => p.Pressed)} presses of keypads, all answered; {events.Count} events");
        branch.Journal.MustBeSound();
    }

    /// <summary>The broker gives back everything that was ever said, to a hub that was killed meanwhile.</summary>
    private async Task ReplayAllAsync(ManyDesks branch, Desk door, List<Desk> desks, List<(long Seq, Event Event)> before)
    {
        await branch.RestartHubAsync();
        int sent = 0;
        foreach (Desk desk in desks.Prepend(door))
        {
            foreach ((string id, byte[] command)[] some in desk.Sent.Chunk(50))
            {
                sent += some.Length;
                ReplyMessage[] replies = await Task.WhenAll(some.Select(s => desk.SendAsync(s.id, s.command)));
                Assert.All(replies, r => Assert.Null(r.Refusal));
            }

            Assert.Equal(0, desk.DifferentAnswers);
        }

        var after = branch.Journal.Events().Skip(before.Count).Where(e => e.Event is not ClockStepped).ToList();
        Assert.Empty(after);
        output.WriteLine($"{sent} commands sent again after a restart of the hub, each twice: the same answers to the byte, no further event");
        branch.Journal.MustBeSound();
    }

    private static Task<ReplyMessage> IssueAsync(Desk door)
    {
        string press = Desk.NewId();
        return MustAsync(door, new IssueTicket(press, Random.Shared.Next(2) == 0 ? "general" : "cash", null, "en", null, default), press);
    }

    private static async Task<ReplyMessage> MustAsync(Desk desk, Command command, string? id = null)
    {
        ReplyMessage reply = await desk.AskAsync(command, id);
        Assert.True(reply.Refusal is null, $"{desk.Unit} was refused {command}: {reply.Refusal}");
        return reply;
    }

    /// <summary>A person at a keypad executable: presses, and waits for the hub's answer as the lamp would show it.</summary>
    private sealed class Pad(ManyDesks branch, FakeKeys keys, string counter, UnitAddress unit)
    {
        public FakeKeys Keys => keys;

        public int Pressed { get; private set; }

        public int Answered => branch.Watch.Replies.Where(r => r.Unit == unit).Select(r => r.Reply.Id).Distinct().Count();

        public async Task OpenAsync(string id)
        {
            foreach (char digit in id)
            {
                Assert.True(KeyNames.TryParse($"KEY_KP{digit}", out KeyCode key));
                keys.Press(key);
            }

            // The digits are gone after one attempt; the answer to a first command is not raced by another's.
            await PressAsync(KeyCode.KeypadDot);
            await branch.UntilAsync($"{counter} is open", () => branch.Watch.Counters.TryGetValue(counter, out var c) && c.Operator == id);
        }

        /// <summary>
        /// Presses until the hub has answered. The keypad may still be busy with the last answer, which the branch's ear heard
        /// first; then its lamp refuses the press at once, and a person presses again.
        /// </summary>
        /// <param name="times">As fast as fingers cannot: only the first may have an effect.</param>
        public async Task PressAsync(KeyCode key, int times = 1)
        {
            int before = Answered;
            Pressed++;
            for (int attempt = 0; attempt < 10; attempt++)
            {
                for (int i = 0; i < times; i++)
                {
                    keys.Press(key);
                }

                if (await PlayedStage.SoonAsync(() => Answered > before, TimeSpan.FromSeconds(10)))
                {
                    return;
                }
            }

            Assert.Fail($"{unit}: no answer to {key}");
        }
    }
}
