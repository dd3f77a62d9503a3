using EdgeQueue.Cloud.Reports;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>How the services of several branches are called in one report.</summary>
public sealed class ServiceNamesTests
{
    [Fact]
    public void Branches_that_agree_have_names_and_others_keep_the_id()
    {
        var names = new ServiceNames();
        names.Add([Service("cash", ("nb", "Kasse"), ("en", "Cash desk")), Service("x", ("en", "Passports")), Service("only-here", ("nb", "Arkiv"))]);
        names.Add([Service("cash", ("en", "Cash desk")), Service("x", ("en", "Parcels"))]);
        names.Add([Service("x", ("en", "Parcels")), Service("new", ("en", "Loans")), Service("old", ("en", "Loans"))]);

        Assert.Equal(
            ["Cash desk", "x", "Arkiv", "Loans (new)", "Loans (old)", "nobody"],
            new[] { "cash", "x", "only-here", "new", "old", "nobody" }.Select(names.Of));
    }

    private static LiveService Service(string id, params (string Language, string Name)[] names) =>
        new(id, names.ToDictionary(n => n.Language, n => n.Name, StringComparer.Ordinal), 0, null, 0, null);
}
