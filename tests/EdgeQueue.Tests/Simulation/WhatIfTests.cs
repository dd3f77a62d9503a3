using System.Text;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>What a branch can do beside a calling rule acts in simulated days, and a what-if shows by how much.</summary>
public sealed class WhatIfTests
{
    private const int Days = 30;
    private readonly LoadedBranch _branch = OracleBranch.Load();
    private readonly BranchDemand _demand;

    public WhatIfTests() => _demand = OracleBranch.Demand(_branch);

    [Fact]
    public void Counters_that_call_by_themselves_spare_the_operators_pause() =>
        Assert.True(Change(_demand with { GapMs = 30_000 }, "autocall=5") is { Value: < 0, IsSeen: true });

    [Theory]
    [InlineData(0, "press Next at once after a service")]
    [InlineData(4000, "press Next 4 s after a service")]
    public void Where_operators_press_sooner_a_line_says_why_nothing_changes(long gap, string why)
    {
        var remark = Assert.Single(Remarks(_demand with { GapMs = gap }, "autocall=5"));

        Assert.StartsWith("autocall=5: nobody on these days would have been called a moment sooner or later.", remark, StringComparison.Ordinal);
        Assert.Contains(why, remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_for_nobody_is_said_to_be_one_and_what_acts_needs_no_words()
    {
        Assert.Contains("Nobody books on these days.", Assert.Single(Remarks(_demand with { Booked = [] }, "guard=20")), StringComparison.Ordinal);
        Assert.Empty(Remarks(_demand with { GapMs = 30_000 }, "autocall=5"));
    }

    [Fact]
    public void In_the_comparison_it_is_a_sentence_and_not_a_row_of_noughts()
    {
        var asItIs = Scenario.AsConfigured(_branch, _demand);
        var changed = ScenarioText.Change(asItIs, "autocall=5", _branch, _demand.OpensMinute, out _)!;
        var lines = ScenarioTable.Compared([asItIs, changed], ScenarioRun.Run([asItIs, changed], _demand, 3, seed: 4, null, TestContext.Current.CancellationToken)).ToList();

        Assert.Equal("autocall=5                   nothing changes, see below", lines[^1]);
    }

    [Fact]
    public void Whoever_came_too_late_for_their_slot_is_one_line_whatever_their_slot_was()
    {
        var late = DemandReader.Read(
            File.ReadAllText(OracleFiles.Path("branch.demand.json")).Replace("\"unpunctualityMeanSeconds\": -600", "\"unpunctualityMeanSeconds\": 3600", StringComparison.Ordinal), "late", _branch).Demand!;
        var strict = ScenarioText.Change(Scenario.AsConfigured(_branch, late), "toolate=refused; late=10", _branch, late.OpensMinute, out _)!;
        var lines = ScenarioRemarks.Refusals(ScenarioRun.Run([strict], late, 2, seed: 4, null, TestContext.Current.CancellationToken)[0]).ToList();

        Assert.EndsWith(Refusal.BookingTooLate("…").Sentence, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_without_a_ticket_were_told_stands_below_the_table()
    {
        var asItIs = Scenario.AsConfigured(_branch, _demand);
        var booked = asItIs with { Rules = asItIs.Rules with { Visits = VisitRules.None with { Hall = HallRules.Open with { Mode = HallMode.Bookings } } } };
        var days = ScenarioRun.Run([asItIs, booked], _demand, 2, seed: 4, null, TestContext.Current.CancellationToken);

        Assert.Empty(ScenarioRemarks.Refusals(days[0]));
        Assert.Contains(ScenarioRemarks.Refusals(days[1]), l => l.EndsWith(" a day got no ticket: " + Refusal.BookingsOnly("cash").Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void An_operator_works_by_their_own_profile_wherever_they_sit()
    {
        var json = File.ReadAllText(OracleFiles.Path("branch.json"))
            .Replace("{\"id\": \"101\"}", "{\"id\": \"101\", \"workProfile\": \"desk-7\"}", StringComparison.Ordinal);
        Assert.True(BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(json), _ => true, out var branch, out var faults), string.Join('\n', faults));
        var scenario = Scenario.AsConfigured(branch!, _demand with { Staff = new Dictionary<string, StaffedCounter> { ["1"] = new("101", 1, []) } });

        var desk = Assert.Single(scenario.Staff);
        Assert.Equal(("1", "101", "desk-7"), (desk.Counter, desk.Operator, desk.WorkProfile));
    }

    [Fact]
    public void Calls_of_one_zone_that_are_kept_apart_cost_time() =>
        Assert.True(Change(_demand, "spacing=20") is { Value: > 0, IsSeen: true });

    [Fact]
    public void Who_was_called_ahead_is_near_when_the_counter_is_free() => Assert.True(Change(
        _demand with { WalkIns = [.. _demand.WalkIns.Select(w => w with { Walk = new FixedDuration(60_000) })] }, "buffer=desk-1:3") is { Value: < 0, IsSeen: true });

    [Fact]
    public void A_counter_without_a_skill_leaves_its_customers_to_the_others() =>
        Assert.True(Change(_demand, "skills=1:pickup,2:pickup", "cash") is { Value: > 0, IsSeen: true });

    [Fact]
    public void Who_waits_for_one_operator_waits_shorter_when_that_ends()
    {
        var asked = _demand with
        {
            WalkIns = [.. _demand.WalkIns.Select(w => w with { Asks = chance => chance.Uniform() < 0.6 && w.Service == "cash" ? "101" : null })],
        };
        Assert.True(Change(asked, "personwait=300", "cash") is { Value: < 0, IsSeen: true });
    }

    [Fact]
    public void A_guard_keeps_slots_for_the_booked_and_the_others_pay_for_it()
    {
        var (asItIs, guarded) = (Booked("busier=1"), Booked("guard=20"));

        Assert.True(guarded.Booked < asItIs.Booked, $"the booked wait {guarded.Booked:0} after {asItIs.Booked:0} s");
        Assert.True(guarded.WalkIns > asItIs.WalkIns, $"walk-ins wait {guarded.WalkIns:0} after {asItIs.WalkIns:0} s");
    }

    [Fact]
    public void Who_comes_too_late_is_a_walk_in_or_is_refused_as_the_branch_says()
    {
        var late = OneDay("late=0").Where(IsLate).ToList();
        Assert.NotEmpty(late);
        Assert.All(late, c => Assert.NotEqual(CustomerEnd.Refused, c.End));

        var refused = OneDay("late=0; toolate=refused");
        Assert.All(refused.Where(IsLate), c => Assert.Contains("too late", c.Refusal, StringComparison.Ordinal));
        Assert.All(refused.Where(c => !IsLate(c)), c => Assert.Null(c.Refusal));
    }

    [Fact]
    public void Who_comes_before_check_in_opens_comes_back_then()
    {
        var tooEarly = OneDay("early=5").Where(c => c.Booking is not null && c.SlotAt - c.ArrivesAt > 300_000).ToList();

        Assert.NotEmpty(tooEarly);
        Assert.All(tooEarly, c => Assert.Equal(CustomerEnd.Served, c.End));
        Assert.All(tooEarly, c => Assert.True(c.CalledAt >= c.SlotAt - 300_000));
    }

    [Fact]
    public void Configured_operators_sit_at_the_counters_with_their_skills()
    {
        var json = File.ReadAllText(OracleFiles.Path("branch.json"))
            .Replace("{\"id\": \"101\"}", "{\"id\": \"101\", \"skills\": [{\"service\": \"pickup\"}]}", StringComparison.Ordinal);
        Assert.True(BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(json), _ => true, out var branch, out var faults), string.Join('\n', faults));
        var scenario = Scenario.AsConfigured(branch!, _demand);

        var day = ScenarioRun.Day(scenario, _demand, seed: 5, day: 1, null);

        Assert.Equal("101", scenario.Staff[0].Operator);
        Assert.Equal(["pickup"], day.Where(c => c.Counter == "1").Select(c => c.Service).Distinct());
        Assert.Contains(day, c => c is { Counter: "2", Service: "cash" });
    }

    [Fact]
    public void An_operator_who_is_known_to_work_at_a_counter_sits_there()
    {
        var staff = Staffing.EveryCounter(_branch, new Dictionary<string, string> { ["1"] = "105" });

        Assert.Equal("105", staff[0].Operator);
        Assert.Equal(8, staff.Select(s => s.Operator).Distinct().Count());
    }

    [Fact]
    public void A_counter_where_nobody_works_can_be_opened_for_two_hours()
    {
        var without = ScenarioText.Change(Scenario.AsConfigured(_branch, _demand), "counters=-3", _branch, 540, out _)!;
        var opened = ScenarioText.Change(without, "counters=+3@11:00-13:00", _branch, 540, out var fault)!;

        Assert.Equal("", fault);
        Assert.Equal([new Duty(2 * 3_600_000, 4 * 3_600_000)], opened.Staff.Single(s => s.Counter == "3").Duties);
    }

    private List<string> Remarks(BranchDemand demand, string change)
    {
        var asItIs = Scenario.AsConfigured(_branch, demand);
        var changed = ScenarioText.Change(asItIs, change, _branch, demand.OpensMinute, out var fault);
        Assert.Equal("", fault);
        return [.. ScenarioRemarks.Of([asItIs, changed!], ScenarioRun.Run([asItIs, changed!], demand, 3, seed: 4, null, TestContext.Current.CancellationToken), demand)];
    }

    [Theory]
    [InlineData("autocall=soon", "autocall=soon: off, or seconds")]
    [InlineData("spacing=-1", "spacing=-1: off, or seconds")]
    [InlineData("buffer=desk-9:2", "buffer=desk-9:2: off, or WORKPROFILE:SIZE")]
    [InlineData("skills=1:gold", "skills=1:gold: say COUNTER:SERVICE+SERVICE")]
    [InlineData("guard=long", "guard=long: minutes from 0 to 1440")]
    [InlineData("toolate=never", "toolate=never: walkin or refused")]
    [InlineData("personwait=x", "personwait=x: off")]
    [InlineData("busier=0", "busier=0: a factor above 0 and at most 100")]
    [InlineData("rule=fifo;rule=strict", "'rule' is said twice")]
    [InlineData("profile=1:desk-5; profile=1:desk-6", "'profile' is said twice, and one of them would count for nothing; say it once, what belongs to it divided by commas")]
    [InlineData("profile=1:desk-5,1:desk-6", "profile=1:desk-5,1:desk-6: '1' is said twice")]
    [InlineData("services=desk-5:accounts; services=desk-5:business", "'services=desk-5' is said twice")]
    [InlineData("spacing=61", "spacing=61: off, or seconds from 0 to 60 between")]
    [InlineData("autocall=0", "autocall=0: off, or seconds from 1 to 600")]
    [InlineData("counters=+1@08:00-09:00", "counters=+1@08:00-09:00: the branch opens at 09:00, nobody is there before")]
    [InlineData("counters=+1@16:00-17:00", "counters=+1@16:00-17:00: the branch closes at 16:00, nobody comes after that")]
    [InlineData("counters=-1@11:00-10:00", "counters=-1@11:00-10:00: 11:00 is not before 10:00")]
    [InlineData("counters=-1@11-12", "counters=-1@11-12: '11-12' is no time of the day HH:MM-HH:MM")]
    [InlineData("counters=+9", "counters=+9: there is no counter '9'; counters are 1, 2, ")]
    [InlineData("counters=-1,-1", "counters=-1: nobody works at counter '1', so it cannot be taken away")]
    [InlineData("counters=0", "counters=0: 1 to 1000 counters can be open")]
    [InlineData("rule=ratio", "rule=ratio: the work profiles 'desk-1', ")]
    [InlineData("rule=desk-5:ratio", "rule=desk-5:ratio: the work profile 'desk-5' has no 'ratio' in the branch's file")]
    [InlineData("rule=desk-9:fifo", "rule=desk-9:fifo: say WORKPROFILE:NAME of this branch; work profiles are desk-1, ")]
    [InlineData("rule=desk-5:fast", "rule=desk-5:fast: say WORKPROFILE:NAME")]
    [InlineData("rule=desk-5:fifo,desk-5:rel", "rule=desk-5:fifo,desk-5:rel: 'desk-5' is said twice")]
    [InlineData("", "it says nothing; a change is KEY=VALUE")]
    [InlineData(" ; ", "it says nothing; a change is KEY=VALUE")]
    public void A_change_that_cannot_be_is_explained(string change, string sentence)
    {
        Assert.Null(ScenarioText.Change(Scenario.AsConfigured(_branch, _demand), change, _branch, 540, out var fault, openMs: 7 * 3_600_000));
        Assert.StartsWith(sentence, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_ratio_is_taken_where_every_work_profile_says_which()
    {
        var json = File.ReadAllText(OracleFiles.Path("branch.json")).Replace(
            "{\"id\": \"desk-", "{\"ratio\": {\"priority\": 60, \"first\": 3, \"others\": 1}, \"id\": \"desk-", StringComparison.Ordinal);
        Assert.True(BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(json), _ => true, out var branch, out var faults), string.Join('\n', faults));

        var changed = ScenarioText.Change(Scenario.AsConfigured(branch!, _demand), "rule=ratio", branch!, 540, out var fault);

        Assert.Equal("", fault);
        Assert.All(changed!.Rules.WorkProfiles.Values, p => Assert.Equal(CallingRuleKind.Ratio, p.Rule));
    }

    [Fact]
    public void One_work_profile_may_have_another_rule_than_the_others()
    {
        var changed = ScenarioText.Change(Scenario.AsConfigured(_branch, _demand), "rule=desk-5:fifo, desk-6:rel", _branch, 540, out var fault);

        Assert.Equal("", fault);
        Assert.Equal(
            [CallingRuleKind.Target, CallingRuleKind.Fifo, CallingRuleKind.Relative],
            new[] { "desk-4", "desk-5", "desk-6" }.Select(p => changed!.Rules.WorkProfiles[p].Rule));
    }

    [Theory]
    [InlineData("services=desk-5:accounts; services=desk-7:business; services=desk-8:accounts")]
    [InlineData("counters=-1,-2,-3,-4,-5,-6,-7,-8")]
    public void To_serve_nobody_is_no_improvement(string change)
    {
        var asItIs = Scenario.AsConfigured(_branch, _demand);
        var changed = ScenarioText.Change(asItIs, change, _branch, _demand.OpensMinute, out var fault);
        Assert.Equal("", fault);
        var days = ScenarioRun.Run([asItIs, changed!], _demand, 10, seed: 2, null, TestContext.Current.CancellationToken);
        var difference = ScenarioFigures.Difference(days[1], days[0]);

        Assert.True(difference.Unserved is { Value: > 10, IsSeen: true });
        Assert.False(difference.Late is { Value: < 0, IsSeen: true }, "fewer are late when fewer are served");
        Assert.True(double.IsNaN(difference.Mean.Value) && !difference.P95.IsSeen && !difference.Left.IsSeen);
        var lines = ScenarioTable.Compared([asItIs, changed!], days).ToList();
        Assert.Contains("not served", lines[0], StringComparison.Ordinal);
        Assert.Contains("– ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_calls_are_heard_later_and_made_twice_nobody_stays_at_a_counter_for_ever()
    {
        var asItIs = Scenario.AsConfigured(_branch, _demand);
        asItIs = asItIs with { Rules = asItIs.Rules with { Policy = asItIs.Rules.Policy with { NoShowCalls = 2, NoShowSpacingMs = 10_000 } } };
        var paced = ScenarioText.Change(asItIs, "spacing=20", _branch, _demand.OpensMinute, out var fault)!;
        Assert.Equal("", fault);
        var days = ScenarioRun.Run([asItIs, paced], _demand, 10, seed: 2, null, TestContext.Current.CancellationToken);
        Assert.InRange(ScenarioFigures.Difference(days[1], days[0]).Unserved.Value, -1, 1);
    }

    private static bool IsLate(Customer c) => c.Booking is not null && c.ArrivesAt > c.SlotAt;

    /// <summary>By how many minutes the mean wait changes.</summary>
    private Estimate Change(BranchDemand demand, string change, string? service = null)
    {
        var asItIs = Scenario.AsConfigured(_branch, demand);
        var changed = ScenarioText.Change(asItIs, change, _branch, demand.OpensMinute, out var fault);
        Assert.Equal("", fault);
        var days = ScenarioRun.Run([asItIs, changed!], demand, Days, seed: 2, null, TestContext.Current.CancellationToken);
        int? index = service is null ? null : asItIs.Rules.Services.Keys.ToList().IndexOf(service);
        return ScenarioFigures.Difference(days[1], days[0], index).Mean;
    }

    private IReadOnlyList<Customer> OneDay(string change, int day = 1)
    {
        var changed = ScenarioText.Change(Scenario.AsConfigured(_branch, _demand), change, _branch, _demand.OpensMinute, out var fault);
        Assert.Equal("", fault);
        return ScenarioRun.Day(changed!, _demand, seed: 5, day, null);
    }

    private (double Booked, double WalkIns) Booked(string change)
    {
        var all = Enumerable.Range(0, Days).SelectMany(day => OneDay(change, day)).Where(c => c.CalledAt >= 0).ToList();
        return (all.Where(c => c.Booking is not null).Average(c => c.WaitMs / 1000.0), all.Where(c => c.Booking is null).Average(c => c.WaitMs / 1000.0));
    }
}
