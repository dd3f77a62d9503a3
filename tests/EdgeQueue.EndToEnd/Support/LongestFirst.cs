using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(EdgeQueue.EndToEnd.Support.LongestFirst))]

namespace EdgeQueue.EndToEnd.Support;

/// <summary>
/// The collections whose tests wait for one another begin first; begun last, they would go on alone. The others follow by
/// name: every run has the same order.
/// </summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] First = [nameof(WholeBranch), nameof(BrokenBranch)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. testCollections.OrderByDescending(c => First.Contains(c.TestCollectionDisplayName))
                .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal),
        ];
}
