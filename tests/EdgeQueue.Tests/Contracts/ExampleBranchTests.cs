using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Contracts;

public sealed class ExampleBranchTests
{
    [Fact]
    public void The_example_branch_has_no_faults() => Assert.Equal("demo", Example().Configuration.Branch);

    [Fact]
    public void A_repeated_call_widens_from_the_zone_to_the_building() =>
        Assert.Equal(["hall", "building"], Example().Widening("hall").Select(z => z.Id));

    [Fact]
    public void An_operator_is_known_by_the_PIN_that_the_examples_README_tells()
    {
        var readme = File.ReadAllText(RepositoryFolder.PathOf("examples", "branch", "README.md"));

        foreach (var (name, pin) in new[] { ("anna", "1111"), ("bjorn", "2222"), ("daria", "3333"), ("samir", "4444") })
        {
            Assert.Contains($"| {name} | {pin} |", readme, StringComparison.Ordinal);
            Assert.Equal(name, Example().OperatorTyping(pin)?.Id);
        }

        Assert.Null(Example().OperatorTyping("1112"));
    }

    [Fact]
    public void The_rules_of_the_core_are_in_milliseconds_and_minutes()
    {
        var rules = Example().Rules;

        Assert.Equal(600_000, rules.Services["general"].TargetMs);
        Assert.Equal(180, rules.Policy.DayEndsMinute);
        Assert.Equal(300_000, rules.Segments["priority"].TargetMs);
        Assert.Null(rules.Segments["staff-call"].TargetMs);
        Assert.Equal("hall", rules.Counters["c1"].Zone);
    }

    [Fact]
    public void Every_unit_is_found_by_its_address() => Assert.All(
        Example().Units, pair => Assert.True(Example().TryGetUnit(new UnitAddress(pair.Address.Node, pair.Address.Unit), out _)));

    internal static byte[] Json() => File.ReadAllBytes(RepositoryFolder.PathOf("examples", "branch", "branch.json"));

    internal static LoadedBranch Example()
    {
        Assert.True(
            BranchConfigurationLoader.TryLoad(Json(), id => id == "Europe/Oslo", out var branch, out var faults),
            string.Join('\n', faults));
        return branch;
    }
}
