using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Hub.Identity;

/// <summary>A certificate that was given to a node.</summary>
/// <param name="Serial">Hexadecimal, as the certificate says it.</param>
/// <param name="IssuedMs">Milliseconds since 1970, by the hub's wall clock.</param>
/// <param name="Unconfirmed">A renewal that the node has not said to have: it may still live by the one before.</param>
internal sealed record GivenCertificate(string Serial, long IssuedMs, long UntilMs, bool Revoked = false, bool Unconfirmed = false);

/// <summary>What nodes were given, the newest last.</summary>
internal sealed record RegisteredNode(string Name, IReadOnlyList<GivenCertificate> Certificates)
{
    /// <summary>The newest; null: all are revoked.</summary>
    [JsonIgnore]
    public GivenCertificate? Current => Certificates.LastOrDefault(c => !c.Revoked);

    /// <summary>The newest that the node is known to have; null: all are revoked.</summary>
    [JsonIgnore]
    public GivenCertificate? InUse => Certificates.LastOrDefault(c => c is { Revoked: false, Unconfirmed: false }) ?? Certificates.FirstOrDefault(c => !c.Revoked);

    /// <summary>Given since, and never confirmed.</summary>
    [JsonIgnore]
    public IEnumerable<GivenCertificate> Unconfirmed => Certificates.SkipWhile(c => c != InUse).Where(c => c is { Revoked: false, Unconfirmed: true });

    public int Standing(long nowMs) => Certificates.Count(c => !c.Revoked && c.UntilMs > nowMs);
}

/// <param name="V">Version of the file, 1.</param>
/// <param name="Lists">Revocation lists made so far.</param>
internal sealed record RegisterFile(int V, long Lists, IReadOnlyList<RegisteredNode> Nodes);

/// <summary>
/// Which certificates this branch's nodes have, in <c>identities.json</c> beside the authority. A certificate is written here before it
/// leaves: what was given can always be revoked. What is revoked is never forgotten, and what has ended only when there is no room: a machine
/// whose clock is years ahead for a while must not forget a stolen device.
/// </summary>
internal sealed class NodeRegister
{
    private const string Name = "identities.json";

    /// <summary>Of one node, not revoked; a node that asks for more that have not ended is refused.</summary>
    public const int MostCertificates = 16;

    /// <summary>As many as a branch has nodes, and room for names that are no more; a further name is not claimed.</summary>
    public const int MostNodes = 2000;

    private readonly string _path;
    private readonly Dictionary<string, RegisteredNode> _nodes;

    private NodeRegister(string path, RegisterFile file)
    {
        _path = path;
        _nodes = file.Nodes.ToDictionary(n => n.Name);
        Lists = file.Lists;
    }

    public long Lists { get; private set; }

    public IReadOnlyCollection<RegisteredNode> Nodes => _nodes.Values;

    /// <summary>Serial numbers of all that were ever revoked.</summary>
    public IEnumerable<string> Revoked => _nodes.Values.SelectMany(n => n.Certificates).Where(c => c.Revoked).Select(c => c.Serial);

    /// <exception cref="InvalidDataException">The file is damaged; the message says which.</exception>
    public static NodeRegister Open(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return new NodeRegister(path, new RegisterFile(1, 1, []));
        }

        try
        {
            return new NodeRegister(path, JsonSerializer.Deserialize(File.ReadAllBytes(path), RegisterJson.Default.RegisterFile)
                ?? throw new JsonException("it is empty"));
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException(
                $"{path} cannot be read ({damaged.Message}). Without it nobody knows which certificates to revoke: bring back a copy.");
        }
    }

    /// <summary>No room for a name that is not in it yet.</summary>
    public bool IsFull => _nodes.Count >= MostNodes;

    public RegisteredNode? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>Durable when it returns.</summary>
    public void Add(string name, GivenCertificate given, long nowMs)
    {
        IReadOnlyList<GivenCertificate> before = Find(name)?.Certificates ?? [];
        GivenCertificate[] ended = [.. before.Where(c => !c.Revoked && c.UntilMs <= nowMs)];
        int tooMany = before.Count(c => !c.Revoked) + 1 - MostCertificates;
        _nodes[name] = new RegisteredNode(name, [.. before.Except(ended.Take(Math.Max(0, tooMany))), given]);
        Save();
    }

    /// <summary>The node has it: those before it are no longer what it lives by. Durable when it returns.</summary>
    /// <returns>False: no such certificate waits for that.</returns>
    public bool Confirm(string name, string serial)
    {
        if (Find(name) is not { } node || node.Unconfirmed.All(c => c.Serial != serial))
        {
            return false;
        }

        _nodes[name] = new RegisteredNode(name, [.. node.Certificates.Select(c => c.Serial == serial ? c with { Unconfirmed = false } : c)]);
        Save();
        return true;
    }

    /// <summary>All that the node has; counts the list that is to be made of it. Durable when it returns.</summary>
    /// <param name="further">Serial numbers that were given by hand.</param>
    /// <returns>How many were not revoked before.</returns>
    public int Revoke(string name, IReadOnlyList<GivenCertificate> further)
    {
        IReadOnlyList<GivenCertificate> known = Find(name)?.Certificates ?? [];
        GivenCertificate[] all = [.. known, .. further.Where(f => known.All(k => k.Serial != f.Serial))];
        int changed = all.Count(c => !c.Revoked);
        _nodes[name] = new RegisteredNode(name, [.. all.Select(c => c with { Revoked = true })]);
        Lists++;
        Save();
        return changed;
    }

    private void Save() => PrivateFile.Write(
        _path, JsonSerializer.SerializeToUtf8Bytes(new RegisterFile(1, Lists, [.. _nodes.Values]), RegisterJson.Default.RegisterFile));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RegisterFile))]
internal sealed partial class RegisterJson : JsonSerializerContext;
