using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Node.Host;

/// <summary>Reads the file that a node is started with and tells all its faults at once.</summary>
public static class NodeFileLoader
{
    public static (NodeFile? File, IReadOnlyList<string> Faults) Load(string path, string role)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{path}: cannot be read: {e.Message}"]);
        }

        if (!ContractJson.TryRead<NodeFile>(bytes, out var file, out var fault))
        {
            return (null, [$"{path}: {fault}"]);
        }

        var faults = Check(file, role).Select(f => $"{path}: {f}").ToList();
        return faults.Count == 0 ? (file, []) : (null, faults);
    }

    private static IEnumerable<string> Check(NodeFile file, string role)
    {
        if (file.V != 1)
        {
            yield return $"$.v: this program reads version 1, not {file.V}.";
        }

        foreach (var (name, where) in new[] { (file.Branch, "branch"), (file.Node, "node"), (file.Unit.Unit, "unit.unit") })
        {
            if (!Topics.IsName(name))
            {
                yield return $"$.{where}: '{name}' cannot be part of a topic: use 1 to {Topics.MaximumNameLength} of a-z, 0-9 and '-'.";
            }
        }

        var unit = file.Unit;
        var sections = new object?[] { unit.Dispenser, unit.Display, unit.Keypad, unit.Audio }.Count(s => s is not null);
        if (sections != 1)
        {
            yield return $"$.unit: exactly one of dispenser, display, keypad and audio is given; here are {sections}.";
        }
        else if (unit.Role != role)
        {
            yield return $"$.unit: this is a {unit.Role}, but the program was started as {role}.";
        }

        if (file.Broker.Port is < 1 or > 65535)
        {
            yield return $"$.broker.port: {file.Broker.Port} is not a port; MQTT over TLS uses 8883.";
        }

        foreach (var (pem, where) in new[]
        {
            (file.Broker.Authority, "authority"), (file.Broker.Certificate, "certificate"), (file.Broker.Key, "key"),
        })
        {
            if (!File.Exists(pem))
            {
                yield return $"$.broker.{where}: there is no file '{pem}'.";
            }
        }

        if (!Directory.Exists(file.State))
        {
            yield return $"$.state: there is no folder '{file.State}'; make it and give it to the service's user.";
        }
    }
}
