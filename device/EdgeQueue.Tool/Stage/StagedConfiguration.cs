using System.Text.Json.Nodes;
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

    /// <summary>
    /// The configuration as it is, but for where its tickets' codes lead and for the clock: a container or a virtual machine is often not told that its clock is
    /// synchronised, and a demonstration whose tickets carry no time would puzzle people.
    /// </summary>
    /// <param name="cloud">Where the tickets' codes lead to; null: where the file says.</param>
    public static void CopyForTheStage(string file, string copy, Uri? cloud)
    {
        var branch = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
        var policy = branch["policy"] as JsonObject ?? new JsonObject();
        policy["clockTrust"] = "always";
        branch["policy"] = policy;
        if (cloud is not null)
        {
            branch["ticketLink"] = cloud + "t/{secret}";
        }

        File.WriteAllText(copy, branch.ToJsonString());
    }

    public static int Printers(LoadedBranch branch) => branch.Units.Count(u => u.Unit.Dispenser is not null);

    /// <summary><c>nodes/{node}.{unit}.json</c>, with the devices' simulated paths.</summary>
    public static void WriteNodes(LoadedBranch branch, SimulatedDevices devices, string folder, string certificates, int brokerPort)
    {
        File.WriteAllText(devices.SoundConfiguration, devices.AlsaConfiguration(branch));
        var files = NodeFiles.Of(
            branch,
            node => new BrokerConfiguration(
                "127.0.0.1", brokerPort, Path.Combine(certificates, "authority.crt"),
                Path.Combine(certificates, $"{node}.crt"), Path.Combine(certificates, $"{node}.key")),
            Path.Combine(folder, "state"),
            devices);
        foreach (var file in files)
        {
            Directory.CreateDirectory(file.State);
            File.WriteAllBytes(
                Path.Combine(folder, "nodes", NodeFiles.NameOf(new UnitAddress(file.Node, file.Unit.Unit))), ContractJson.Write(file));
        }
    }
}
