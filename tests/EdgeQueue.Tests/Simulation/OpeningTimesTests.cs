using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>Simulated days give tickets when the branch does, and a what-if changes when that is.</summary>
public sealed class OpeningTimesTests
{
    private readonly LoadedBranch _branch = OracleBranch.Load();
    private readonly BranchDemand _demand;

    public OpeningTimesTests() => _demand = OracleBranch.Demand(_branch);

    [Theory]
    [InlineData("hours=cash:09:00-12:00", "cash")]
    [InlineData("hours=09:00-12:00", "loans")]
    public void Who_comes_after_the_closing_time_of_a_what_if_gets_no_ticket(string hours, string service)
    {
        var asItIs = Scenario.AsConfigured(_branch, _demand);
        var shorter = ScenarioText.Change(asItIs, hours, _branch, _demand.OpensMinute, out var fault)!;
        Assert.Empty(fault);
        var days = ScenarioRun.Run([asItIs, shorter], _demand, 2, seed: 4, null, TestContext.Current.CancellationToken);

        Assert.Contains(
            ScenarioRemarks.Refusals([asItIs, shorter], days),
            l => l.StartsWith($"{hours}: ", StringComparison.Ordinal) && l.EndsWith(Refusal.ServiceClosed(service).Sentence, StringComparison.Ordinal));
        var afternoon = ScenarioRun.Day(shorter, _demand, seed: 4, day: 0, watch: null)
            .Where(c => c.Service == service && c.Booking is null && c.ArrivesAt >= 3 * 3_600_000).ToList();
        Assert.NotEmpty(afternoon);
        Assert.All(afternoon, c => Assert.Equal(CustomerEnd.Refused, c.End));
    }

    [Fact]
    public void A_branch_is_open_in_simulated_days_as_it_is_configured_and_a_demand_that_is_made_up_comes_then()
    {
        var branch = OracleBranch.Load(text => text.Replace(
            "\"meanServiceSeconds\": ",
            "\"hours\": [{\"days\": [\"mon\"], \"from\": \"10:00\", \"to\": \"14:30\"}], \"meanServiceSeconds\": ", StringComparison.Ordinal));
        var demand = DemandReader.Usual(branch);
        var asItIs = Scenario.AsConfigured(branch, demand);

        Assert.Equal((600, 270 * 60_000L), (demand.OpensMinute, demand.OpenMs));
        Assert.All(asItIs.Rules.Services.Values, s => Assert.Single(s.Hours));
        Assert.DoesNotContain(ScenarioRun.Day(asItIs, demand, seed: 1, day: 0, watch: null), c => c.End == CustomerEnd.Refused);
        Assert.Contains(ScenarioRun.Day(asItIs, _demand, seed: 1, day: 0, watch: null), c => c.Refusal == Refusal.ServiceClosed("cash").Sentence);
    }

    [Fact]
    public void Hours_of_several_weekdays_that_overlap_are_open_once()
    {
        OpeningHours Of(DayOfWeek day, int from, int to) => new([day], from * 60, to * 60);
        var service = _branch.Rules.Services["cash"] with { Hours = [Of(DayOfWeek.Tuesday, 10, 14), Of(DayOfWeek.Monday, 9, 12), Of(DayOfWeek.Friday, 15, 16)] };

        Assert.Equal([new Duty(0, 5 * 3_600_000), new Duty(6 * 3_600_000, 7 * 3_600_000)], OpeningTimes.Spans(service, 9 * 60));
        Assert.Null(OpeningTimes.Spans(service with { Hours = [] }, 9 * 60));
    }

    [Theory]
    [InlineData("hours=cash")]
    [InlineData("hours=gold:09:00-15:00")]
    [InlineData("hours=cash:15:00-09:00")]
    [InlineData("hours=09:00-15:00,cash:09:00-12:00")]
    [InlineData("hours=-")]
    [InlineData("hours=:09:00-15:00")]
    public void Hours_that_cannot_be_are_refused_with_what_to_say(string text)
    {
        Assert.Null(ScenarioText.Change(Scenario.AsConfigured(_branch, _demand), text, _branch, _demand.OpensMinute, out var fault));
        Assert.StartsWith("hours=", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journals_customers_come_when_it_is_open_also_where_it_opens_within_a_half_hour()
    {
        var open = new[] { new Duty(900_000, _demand.OpenMs) };
        var demand = _demand with { WalkIns = [.. _demand.WalkIns.Select(w => w with { Open = open })] };
        var came = DayMaker.Make(demand, seed: 3, day: 0).Customers.Where(c => c.Booking is null).ToList();

        Assert.True(came.Count > 300);
        Assert.Contains(came, c => c.ArrivesAt < 1_800_000);
        Assert.DoesNotContain(came, c => c.ArrivesAt < 900_000);
    }
}
