using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation;

namespace EdgeQueue.Tests.Simulation;

public sealed class RuleNameTests
{
    [Fact]
    public void Every_calling_rule_can_be_typed_by_the_name_that_explanations_say() =>
        Assert.All(Enum.GetValues<CallingRuleKind>(), rule => Assert.Equal(rule, RuleNames.All[CallingRule.NameOf(rule)]));
}
