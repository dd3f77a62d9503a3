using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity;

/// <summary>The branch's configuration, to which a claimed device is added. What the loader would refuse is never written.</summary>
internal sealed class BranchFile(string path)
{
    /// <summary>The hub holds the folder while a configuration of the cloud takes its place, which is a few writes and one turn of its loop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public LoadedBranch? Read(out IReadOnlyList<string> faults) => ConfigurationFile.Read(path, out faults);

    /// <summary>Adds a node with these units, and one to the revision; the hub sees the file change.</summary>
    /// <returns>The branch as it is then; null with the faults: nothing was written.</returns>
    public LoadedBranch? AddNode(string node, IReadOnlyList<UnitConfiguration> units, out IReadOnlyList<string> faults)
    {
        using FolderLock? alone = FolderLock.Take(Path.GetDirectoryName(Path.GetFullPath(path))!, Patience);
        if (alone is null)
        {
            faults = [$"'{path}' is just being replaced by the hub. Try again in a moment."];
            return null;
        }

        JsonObject file = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        var added = new JsonObject { ["name"] = node, ["units"] = new JsonArray([.. units.Select(Written)]) };
        JsonArray nodes = file["nodes"]?.AsArray() ?? [];
        nodes.Add((JsonNode)added);
        file["nodes"] = nodes.Parent is null ? nodes : nodes.DeepClone();
        file["revision"] = (file["revision"]?.GetValue<long>() ?? 0) + 1;

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            file.WriteTo(writer);
        }

        bytes.Write(Encoding.UTF8.GetBytes("\n"));
        if (!BranchConfigurationLoader.TryLoad(
            bytes.ToArray(), id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out LoadedBranch? branch, out IReadOnlyList<ConfigurationFault> found))
        {
            faults = [.. found.Select(f => $"{f.Path}: {f.Sentence}")];
            return null;
        }

        PrivateFile.Write(path, bytes.ToArray(), File.GetUnixFileMode(path));
        faults = [];
        return branch;
    }

    /// <summary>As a configuration has it: without what is not set.</summary>
    private static JsonNode Written(UnitConfiguration unit)
    {
        // A node's file is where a unit is written; from there it is taken.
        var file = new NodeFile
        {
            V = 1, Branch = "x", Node = "x", State = "x", Unit = unit, Broker = new BrokerConfiguration("x", 1, "x", "x", "x"),
        };
        return JsonNode.Parse(ContractJson.Write(file))!["unit"]!.DeepClone();
    }
}
