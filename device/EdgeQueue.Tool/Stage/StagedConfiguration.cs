using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Stage;

/// <summary>Reads the branch's file and writes one file for each node process.</summary>
internal static class StagedConfiguration
{
    /// <exception cref="StageException">The file is missing or has faults; the message tells them all.</exception>
    public static LoadedBranch Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new StageException($"There is no file {file}. Name a branch configuration with --branch FILE.");
        }

        return BranchConfigurationLoader.TryLoad(
            File.ReadAllBytes(file), id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out var branch, out var faults)
            ? branch
            : throw new StageException(string.Join('\n', faults.Select(f => $"{file}: {f}")));
    }

    public static int Printers(LoadedBranch branch) => branch.Units.Count(u => u.Unit.Dispenser is not null);

    /// <summary><c>nodes/{node}.{unit}.json</c>, with the devices' simulated paths.</summary>
    public static void WriteNodes(LoadedBranch branch, SimulatedDevices devices, string folder, string certificates, int brokerPort)
    {
        File.WriteAllText(devices.SoundConfiguration, devices.AlsaConfiguration(branch));
        foreach (var (address, unit) in branch.Units)
        {
            var state = Path.Combine(folder, "state", $"{address.Node}.{address.Unit}");
            Directory.CreateDirectory(state);
            var file = new NodeFile
            {
                V = 1,
                Branch = branch.Configuration.Branch,
                Node = address.Node,
                Broker = new BrokerConfiguration(
                    "127.0.0.1", brokerPort, Path.Combine(certificates, "authority.crt"),
                    Path.Combine(certificates, $"{address.Node}.crt"), Path.Combine(certificates, $"{address.Node}.key")),
                State = state,
                Unit = devices.Of(address, unit),
            };
            File.WriteAllBytes(Path.Combine(folder, "nodes", $"{address.Node}.{address.Unit}.json"), ContractJson.Write(file));
        }
    }
}
