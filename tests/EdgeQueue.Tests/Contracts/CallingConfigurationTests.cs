using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Contracts;

public sealed class CallingConfigurationTests
{
    [Fact]
    public void What_the_configuration_says_about_calling_is_what_the_rules_hold()
    {
        var rules = new BrokenBranch()
            .With("$.operatorAttributes", """["arabic", "woman"]""")
            .With("$.services[0].meanService", "\"learned\"")
            .With("$.policy.personWaitSeconds", "300")
            .With("$.workProfiles[0].rule", "\"ratio\"")
            .With("$.workProfiles[0].ratio", """{"priority": 60, "first": 3}""")
            .With("$.workProfiles[0].capTargets", "6")
            .With("$.workProfiles[0].helps", """[{"service": "general", "afterSeconds": 600}]""")
            .With("$.workProfiles[0].chooseTicket", "false")
            .With("$.operators[0].skills", """[{"service": "general"}, {"service": "cash", "level": "secondary"}]""")
            .With("$.operators[0].attributes", """["arabic"]""")
            .With("$.operators[0].chooseTicket", "true")
            .With("$.workProfiles[0].changeService", "false")
            .With("$.operators[0].changeService", "true")
            .With("$.operators[0].setPriority", "false")
            .Rules();

        var calling = rules.Calling!;
        var profile = Assert.Single(calling.Profiles!).Value;
        Assert.Equal(
            (6, new RatioSettings(60, 3, 1), true, false), (profile.CapTargets, profile.Ratio, profile.ChooseService, profile.ChooseTicket));
        Assert.Equal([new HelpSettings("general", 600_000)], profile.Helps);
        var person = Assert.Single(calling.People!).Value;
        Assert.Equal((Skill.Primary, Skill.Secondary), (person.Skills!["general"], person.Skills["cash"]));
        Assert.Equal(["arabic"], person.Attributes!);
        Assert.Equal((null, true), (person.ChooseService, person.ChooseTicket));
        Assert.Equal((false, true, true, false), (profile.ChangeService, profile.SetPriority, person.ChangeService, person.SetPriority));
        Assert.Equal(["general"], calling.LearnedServices!);
        Assert.Equal(["arabic", "woman"], calling.Attributes!);
        Assert.Equal(300_000, calling.PersonWaitMs);
    }

    [Fact]
    public void A_branch_that_says_nothing_about_it_has_no_such_rules()
    {
        var branch = new BrokenBranch().With("$.workProfiles[0].setPriority", null);
        foreach (var counter in Enumerable.Range(1, 4))
        {
            branch.With($"$.nodes[{counter}].units[1].keypad.priorities", null);
        }

        Assert.Null(branch.Rules().Calling);
    }
}
