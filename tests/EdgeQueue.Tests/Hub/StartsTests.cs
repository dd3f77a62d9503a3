using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Hub;

/// <summary>What a hub says is put in order by how often it has started, and not by a clock that a Pi has not got.</summary>
public sealed class StartsTests
{
    [Fact]
    public void The_last_report_of_a_start_is_before_the_first_of_the_next() =>
        Assert.True(ConfigurationReport.NumberOf(3, uint.MaxValue) < ConfigurationReport.NumberOf(4, 1));
}
