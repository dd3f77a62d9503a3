using EdgeQueue.Cloud.Reports;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>Which branches, as people type it into the forms of alerts and schedules.</summary>
public sealed class ReportScopeTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" all ", "")]
    [InlineData("All", "")]
    [InlineData("region:North", "region:North")]
    [InlineData("Region: North", "region:North")]
    [InlineData("oslo, bergen", "branch:oslo,bergen")]
    [InlineData("Branch: oslo,oslo", "branch:oslo")]
    [InlineData("branch:all", "branch:all")]
    [InlineData("region:", null)]
    [InlineData("region:  ", null)]
    [InlineData("Oslo sentrum", null)]
    public void What_is_typed_is_all_a_region_or_branches(string typed, string? scope) => Assert.Equal(scope, ReportScope.Of(typed)?.ToString());
}
