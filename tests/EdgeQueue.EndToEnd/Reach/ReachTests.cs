using System.Diagnostics;
using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Branch;
using EdgeQueue.EndToEnd.Support;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Reach;

/// <summary>What the queue engine can do, reached as people reach it: by a button, a number pad, a keypad of published programs.</summary>
[Collection(nameof(WholeBranch))]
public sealed class ReachTests(ReachedBranch branch) : IClassFixture<ReachedBranch>
{
    [Fact]
    public async Task An_operator_corrects_service_and_priority_by_the_number_of_a_ticket_and_the_journal_has_who_and_why()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync("4444");
        var first = await branch.TakeAsync("KEY_1");
        var wrong = await branch.TakeAsync("KEY_2");
        var late = await branch.TakeAsync("KEY_1");
        var from = branch.Journal.LastSeq() + 1;

        var mark = await desk.DarkAsync();
        await branch.MustAsync(desk, $"0* {ReachedBranch.NumberOf(late)}E 1-");
        Assert.Contains(await desk.LightsAsync(mark), light => light >= 400);
        mark = await desk.DarkAsync();
        Assert.Equal("unknownLabel", (await branch.KeysAsync(desk, "0* 77777E 1-")).Refusal?.Code);
        Assert.DoesNotContain(await desk.LightsAsync(mark), light => light >= 400);
        await branch.MustAsync(desk, $"0* {ReachedBranch.NumberOf(wrong)}E 1/"); // general after all

        await ReachedBranch.ServeAsync(desk, late.Label);
        // The customer here wanted the cash desk: what is served is that, without another call.
        await branch.MustAsync(desk, "0* 2/");
        Assert.Equal((late.Label, CounterPhase.Serving, "cash"), (desk.Shown.Label, desk.Shown.Phase, desk.Shown.Service));
        await ReachedBranch.ServeAsync(desk, first.Label);
        Assert.Equal("general", (await desk.MustAsync(Desk.Next)).Service);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();

        var events = branch.Journal.Events(from).Select(e => e.Event).ToList();
        var priority = Assert.Single(events.OfType<PriorityChanged>());
        Assert.Equal((late.Visit, 90, "c1", "samir", "cannot stand for long"), (priority.Visit, priority.Place.Priority, priority.Counter, priority.Operator, priority.Reason));
        Assert.Equal([(wrong.Visit, "general", "samir"), (late.Visit, "cash", "samir")], events.OfType<ServiceChanged>().Select(e => (e.Visit, e.Place.Service, e.Operator)));
        Assert.Equal("cash", events.OfType<TransactionFinished>().First(e => e.Visit == late.Visit).Service);
        // The time at the counter taught how long the cash desk takes.
        Assert.Equal("cash", Assert.Single(events.OfType<MeanServiceLearned>()).Service);
    }

    [Fact]
    public async Task A_wrong_Finish_is_taken_back_although_the_counter_has_called_the_next_by_itself()
    {
        var desk = new Desk(branch, 2);
        await desk.OpenAsync();
        var first = await branch.TakeAsync("KEY_1");
        var second = await branch.TakeAsync("KEY_2");
        await branch.TakeAsync("KEY_5");
        await ReachedBranch.ServeAsync(desk, second.Label); // cash is more important here
        await desk.MustAsync(Desk.Dot);
        await Eventually.Is(() => desk.Shown is { Phase: CounterPhase.Called } shown && shown.Label == first.Label, "the next is called without a press", 20);

        await desk.MustAsync(Desk.Undo);
        Assert.Equal((second.Label, CounterPhase.Serving), (desk.Shown.Label, desk.Shown.Phase));
        Assert.Contains(branch.Journal.Events(branch.Journal.LastSeq() - 3), e => e.Event is VisitRequeued { ToEnd: false } put && put.Visit == first.Visit);

        await desk.MustAsync(Desk.Dot);
        await Eventually.Is(() => desk.Shown is { Phase: CounterPhase.Called } shown && shown.Label == first.Label, "the same one again, in front", 20);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Next);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task A_veterans_button_gives_the_segments_priority_and_is_called_first()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync();
        var first = await branch.TakeAsync("KEY_1");
        var veteran = await branch.TakeAsync(ReachedBranch.ForVeterans);

        Assert.Equal("priority", veteran.Segment);
        await ReachedBranch.ServeAsync(desk, veteran.Label);
        await ReachedBranch.ServeAsync(desk, first.Label);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task A_family_of_four_says_so_on_the_number_pad_and_counts_four_in_the_hall()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync();
        var mark = branch.Mark();
        var family = await branch.TakeAsync(ReachedBranch.ForFamilies, "4");
        await branch.ReadAsync(mark, DeskPrompt.HowMany);
        Assert.Contains(branch.Journal.Events(branch.Journal.LastSeq() - 3), e => e.Event is VisitDescribed { People: 4 } facts && facts.Visit == family.Visit);
        var fifth = await branch.TakeAsync("KEY_1");
        await branch.NoneAsync(DeskPrompt.HallFull, "KEY_1");

        await desk.MustAsync(Desk.Next);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Next);
        await desk.MustAsync(Desk.Arrive);
        await desk.MustAsync(Desk.Dot);
        Assert.Equal(CounterPhase.Idle, desk.Shown.Phase);
        Assert.NotEqual(family.Label, fifth.Label);
        await desk.CloseAsync();
        // The menu is told anew once a second; whoever comes before is turned away.
        await Eventually.Is(() => branch.Ear.Dispensers.Values.All(d => d.Menu.All(m => m.Because != "hallFull")), "there is room again", 30);
    }

    [Fact]
    public async Task A_journey_goes_through_its_services_gains_and_loses_a_step_and_goes_back_to_the_operator_before()
    {
        var (passports, cash) = (new Desk(branch, 1), new Desk(branch, 3));
        await passports.OpenAsync("4444");
        await cash.OpenAsync();
        var ticket = await branch.TakeAsync(ReachedBranch.PassportThenCash);
        Assert.Equal("passport", ticket.Service);
        await ReachedBranch.ServeAsync(passports, ticket.Label);
        await branch.MustAsync(passports, "0* 1+"); // and general afterwards
        await passports.MustAsync(Desk.Dot);

        await ReachedBranch.ServeAsync(cash, ticket.Label);
        Assert.Equal("cash", cash.Shown.Service);
        await branch.MustAsync(cash, "0* 0+"); // no, nothing more
        await branch.MustAsync(cash, "0* /"); // but samir forgot something
        Assert.Equal(CounterPhase.Idle, cash.Shown.Phase);
        await cash.RefusedAsync("nobodyWaiting", Desk.Next);

        await ReachedBranch.ServeAsync(passports, ticket.Label);
        await passports.MustAsync(Desk.Dot);
        var events = branch.Journal.Events(branch.Journal.LastSeq() - 25).Select(e => e.Event).ToList();
        Assert.Equal(["passport", "cash", "passport"], events.OfType<TransactionFinished>().Where(e => e.Visit == ticket.Visit).Select(e => e.Service));
        Assert.Contains(events, e => e is VisitTransferred { Place: { BoundOperator: "samir", Returning: true } });
        Assert.Contains(events, e => e is VisitEnded { How: VisitEnd.Finished } ended && ended.Visit == ticket.Visit);
        await passports.CloseAsync();
        await cash.CloseAsync();
    }

    [Fact]
    public async Task A_case_is_scanned_and_the_visit_begins_where_fewer_wait()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync();
        var general = await branch.TakeAsync("KEY_1");
        var visit = await branch.TakeAsync(ReachedBranch.ByCase, "C-2026/17");
        Assert.Equal("cash", visit.Service); // somebody waits for general
        Assert.Contains(branch.Journal.Events(branch.Journal.LastSeq() - 4), e => e.Event is VisitDescribed { Case: "C-2026/17" } facts && facts.Visit == visit.Visit);

        await ReachedBranch.ServeAsync(desk, visit.Label); // the cash desk is more important
        await ReachedBranch.ServeAsync(desk, general.Label);
        await ReachedBranch.ServeAsync(desk, visit.Label);
        Assert.Equal("general", desk.Shown.Service);
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task Who_wants_an_operator_with_a_language_waits_for_one_and_nobody_calls_beyond_their_skills()
    {
        var (one, other) = (new Desk(branch, 1), new Desk(branch, 3));
        await one.OpenAsync("3333"); // daria: families only
        await other.OpenAsync();
        var arabic = await branch.TakeAsync(ReachedBranch.InArabic);
        await other.RefusedAsync("nobodyWaiting", Desk.Next);
        await one.RefusedAsync("nobodyWaiting", Desk.Next);
        var family = await branch.TakeAsync(ReachedBranch.ForFamilies, "1");
        await ReachedBranch.ServeAsync(one, family.Label);
        await one.MustAsync(Desk.Dot);
        await one.CloseAsync();

        await one.OpenAsync("4444"); // samir speaks it
        await ReachedBranch.ServeAsync(one, arabic.Label);
        await one.MustAsync(Desk.Dot);
        await one.CloseAsync();
        await other.CloseAsync();
    }

    [Fact]
    public async Task A_ratio_calls_from_each_side_in_turn()
    {
        var desk = new Desk(branch, 3);
        await desk.OpenAsync();
        var important = new[] { await branch.TakeAsync("KEY_6"), await branch.TakeAsync("KEY_6") };
        var ordinary = new[] { await branch.TakeAsync("KEY_1"), await branch.TakeAsync("KEY_1") };

        var called = new List<string>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            called.Add((await desk.MustAsync(Desk.Next)).Label!);
            await desk.MustAsync(Desk.Arrive);
        }

        var sides = string.Concat(called.Select(label => important.Any(t => t.Label == label) ? 'i' : 'o'));
        Assert.True(sides is "ioio" or "oioi", sides);
        Assert.Equal(important.Concat(ordinary).Select(t => t.Label).Order(), called.Order());
        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
    }

    [Fact]
    public async Task A_days_quota_a_limit_per_person_and_a_closed_day_are_said_at_the_dispenser()
    {
        var desk = new Desk(branch, 1);
        await desk.OpenAsync();
        await branch.TakeAsync("KEY_4");
        await branch.NoneAsync(DeskPrompt.NoMoreToday, "KEY_4");
        await branch.NoneAsync(DeskPrompt.Closed, ReachedBranch.Taxes);

        const string Phone = "41234567";
        await branch.TakeAsync(ReachedBranch.ByPerson, Phone);
        await branch.NoneAsync(DeskPrompt.AlreadyHere, ReachedBranch.ByPerson, Phone);
        await branch.TakeAsync(ReachedBranch.ByPerson, "41234568");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await desk.MustAsync(Desk.Next);
            await desk.MustAsync(Desk.Arrive);
        }

        await desk.MustAsync(Desk.Dot);
        await desk.CloseAsync();
        Assert.Empty(await branch.FilesWithAsync(Phone));
    }

    [Fact]
    public async Task A_console_that_locks_pauses_its_counter_and_one_without_its_certificate_does_not()
    {
        var desk = new Desk(branch, 3);
        Assert.Equal((2, "closed"), await LockAsync("lock")); // nobody sits there yet
        await desk.OpenAsync();
        Assert.Equal((0, "locked"), await LockAsync("lock"));
        await Eventually.Is(() => desk.Shown is { Phase: CounterPhase.Paused, PauseReason: "locked" }, "the counter is paused", 20);
        Assert.Equal((0, "unlocked"), await LockAsync("unlock"));
        await Eventually.Is(() => desk.Shown is { Phase: CounterPhase.Idle, Operator: "bjorn" }, "the same operator goes on", 20);

        // Whoever is there is served first.
        var ticket = await branch.TakeAsync("KEY_1");
        await ReachedBranch.ServeAsync(desk, ticket.Label);
        Assert.Equal((0, "locked"), await LockAsync("lock"));
        Assert.Equal(CounterPhase.Serving, desk.Shown.Phase);
        await desk.MustAsync(Desk.Dot);
        await Eventually.Is(() => desk.Shown is { Phase: CounterPhase.Paused, PauseReason: "locked" }, "paused when the customer had left", 20);
        Assert.Equal((0, "unlocked"), await LockAsync("unlock"));
        await Eventually.Is(() => desk.Shown.Phase == CounterPhase.Idle, "and open again", 20);

        Assert.Equal((2, "access list"), await LockAsync("lock", "counter-1"));
        Assert.Equal(CounterPhase.Idle, desk.Shown.Phase);
        await desk.CloseAsync();
    }

    /// <summary><c>edgequeue console</c>, with the console's own certificate or another's: its exit code, and what of its sentence counts.</summary>
    private async Task<(int Code, string Said)> LockAsync(string order, string certificate = "pc-3")
    {
        var own = Path.Combine(branch.Stage.Folder, "nodes", "pc-3.console.json");
        var file = Path.Combine(branch.Stage.Folder, "nodes", $"{certificate}.tried.json");
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken)).Replace("/pc-3.", $"/{certificate}.", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(Executables.Tool, ["console", order, "--config", file])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, new[] { "closed", "unlocked", "locked", "access list" }.FirstOrDefault(w => said.Contains(w, StringComparison.Ordinal)) ?? said);
    }
}
