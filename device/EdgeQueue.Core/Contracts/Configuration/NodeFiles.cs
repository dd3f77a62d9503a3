namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>From a branch to the file of each of its units.</summary>
public static class NodeFiles
{
    /// <param name="broker">The broker as a node reaches it, with that node's certificate.</param>
    /// <param name="state">Folder in which each unit has one for its own durable files, <c>{node}.{unit}</c>.</param>
    /// <param name="simulated">Null: the devices as configured.</param>
    public static IEnumerable<NodeFile> Of(
        LoadedBranch branch, Func<string, BrokerConfiguration> broker, string state, SimulatedDevices? simulated) =>
        branch.Units.Select(u => new NodeFile
        {
            V = 1,
            Branch = branch.Configuration.Branch,
            Node = u.Address.Node,
            Broker = broker(u.Address.Node),
            State = $"{state.TrimEnd('/')}/{u.Address.Node}.{u.Address.Unit}",
            Unit = simulated?.Of(u.Address, u.Unit) ?? u.Unit,
        });

    /// <summary>Name of a unit's file: <c>{node}.{unit}.json</c>. Names have no dot, so no two are alike.</summary>
    public static string NameOf(UnitAddress unit) => $"{unit.Node}.{unit.Unit}.json";
}
