using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>A branch whose configuration says nothing about people: who asks for one waits for that one all the same.</summary>
public sealed class AskedForTests
{
    [Fact]
    public void Who_asks_for_an_operator_is_theirs_in_a_branch_without_calling_settings()
    {
        var state = new BranchState();
        foreach (var e in DayOne())
        {
            Evolve.Apply(state, e);
        }

        var decision = Decider.Decide(state, new IssueTicket("press", "cash", null, null, null, At(1), Operator: "boris"));

        Assert.Equal("boris", Assert.Single(decision.Events.OfType<WishesTold>()).Place.BoundOperator);
    }
}
