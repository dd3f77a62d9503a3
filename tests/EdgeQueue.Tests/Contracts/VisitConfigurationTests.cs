using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

/// <summary>What a branch writes about visits is what its decider gets.</summary>
public sealed class VisitConfigurationTests
{
    [Fact]
    public void A_branch_that_says_nothing_has_no_rules_for_visits()
    {
        var silent = Example();
        foreach (var service in silent["services"]!.AsArray())
        {
            service!.AsObject().Remove("appointments");
            service.AsObject().Remove("limits");
        }

        foreach (var part in (string[])["segmentRules", "hall", "pauses", "buffers"])
        {
            silent.Remove(part);
        }

        silent["nodes"]![0]!["units"]![0]!["dispenser"]!["buttons"]![9]!.AsObject().Remove("attributes");
        silent["policy"]!.AsObject().Remove("moreTime");
        Assert.Null(RulesOf(silent).Visits);
    }

    [Fact]
    public void Everything_that_is_said_arrives_in_milliseconds_minutes_and_days()
    {
        var branch = Example();
        branch["services"]![0]!["appointments"] = JsonNode.Parse(
            """{"earlyMinutes":30,"lateMinutes":10,"late":"refused","lapseMinutes":20,"priority":70,"targetWaitSeconds":120,"guardMinutes":8}""");
        branch["services"]![0]!["limits"] = JsonNode.Parse("""{"dailyQuota":100,"perPerson":2,"bookingsOnly":true}""");
        branch["segmentRules"] = JsonNode.Parse(
            """[{"attributes":["veteran"],"services":["general"],"languages":["nb"],"appointment":"late","segment":"priority","service":"cash"},{"appointment":"none","service":"cash"}]""");
        branch["hall"] = JsonNode.Parse(
            """{"mode":"bookings","maxPeople":80,"perPerson":1,"stopBeforeClosing":true,"exceptions":[{"date":"1970-01-02","services":["cash"],"hours":[{"from":"09:30","to":"24:00"}]}]}""");
        branch["policy"]!["noShowRequeue"] = JsonNode.Parse("""{"places":3,"times":2}""");
        branch["policy"]!["moreTime"] = JsonNode.Parse("""{"minutes":15,"times":2}""");
        branch["pauses"] = JsonNode.Parse("""[{"reason":"lunch","minutes":30}]""");
        branch["buffers"] = JsonNode.Parse("""[{"id":"front","workProfile":"everything","zone":"hall","size":4,"automatic":true}]""");
        branch["zones"]![0]!["callSpacingSeconds"] = 6;
        branch["counters"]![0]!["autoCallSeconds"] = 5;

        var visits = RulesOf(branch).Visits!;
        var own = visits.Of("general");

        Assert.Equal(new AppointmentRules(1_800_000, 600_000, false, 1_200_000, 70, 120_000, 480_000), own.Appointments);
        Assert.Equal((100, 2, true), (own.DailyQuota, own.PerPerson, own.BookingsOnly));
        Assert.Equal([Attendance.Late, Attendance.WithoutBooking], visits.SegmentRules!.Select(r => r.Appointment));
        Assert.Equal(("veteran", "general", "nb", "priority", "cash"), (
            visits.SegmentRules![0].Attributes[0], visits.SegmentRules[0].Services[0], visits.SegmentRules[0].Languages[0],
            visits.SegmentRules[0].Segment, visits.SegmentRules[0].Service));
        Assert.Equal((HallMode.Bookings, 80, 1, true), (visits.Hall!.Mode, visits.Hall.MaxPeople, visits.Hall.PerPerson, visits.Hall.StopBeforeClosing));
        Assert.Equal((1, "cash", new OpenSpan(570, 1440)), (
            visits.Hall.Exceptions[0].Day, visits.Hall.Exceptions[0].Services[0], visits.Hall.Exceptions[0].Hours[0]));
        Assert.Equal(new NoShowRequeue(3, 2), visits.NoShowRequeue);
        Assert.Equal(new MoreTime(15, 2), visits.MoreTime);
        Assert.Equal(1_800_000, visits.PlannedPauses!["lunch"]);
        Assert.Equal(6_000, visits.CallSpacing![branch["zones"]![0]!["id"]!.GetValue<string>()]);
        Assert.Equal(5_000, visits.AutoCall!["c1"]);
        Assert.Equal(new BufferRules("everything", "hall", 4, true), visits.Buffers!["front"]);
    }

    [Fact]
    public void What_the_examples_README_shows_is_a_branch()
    {
        var readme = File.ReadAllText(RepositoryFolder.PathOf("examples", "branch", "README.md"));
        var shown = readme.Split("```json")[1..].Select(part => JsonNode.Parse(part.Split("```")[0])!.AsObject()).ToArray();
        var branch = Example();
        foreach (var (name, value) in shown[0])
        {
            branch[name] = value!.DeepClone();
        }

        foreach (var (name, value) in shown[1])
        {
            branch["services"]![0]![name] = value!.DeepClone();
        }

        Assert.Equal(600_000, RulesOf(branch).Visits!.Of("general").Appointments!.GuardMs);
    }

    [Fact]
    public void Such_rules_are_applied_and_wrong_ones_refused_at_the_last_door()
    {
        var rules = RulesOf(Example());
        var wrong = rules with
        {
            Visits = VisitRules.None with { Services = new Dictionary<string, ServiceVisitRules> { ["cash"] = new(AppointmentRules.Default with { LapseMs = 1 }) } },
        };

        Assert.Null(Decider.Decide(new BranchState(), new ApplyRules(rules, new Moment(0))).Refusal);
        Assert.Equal("invalid", Decider.Decide(new BranchState(), new ApplyRules(wrong, new Moment(0))).Refusal?.Code);
    }

    private static JsonObject Example() => JsonNode.Parse(ExampleBranchTests.Json())!.AsObject();

    private static BranchRules RulesOf(JsonObject branch)
    {
        BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(branch.ToJsonString()), _ => true, out var loaded, out var faults);
        Assert.Empty(faults);
        return loaded!.Rules;
    }
}
