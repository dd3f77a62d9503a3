using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Hub.Identity;

/// <summary>A certificate that was given to a node.</summary>
/// <param name="Serial">Hexadecimal, as the certificate says it.</param>
/// <param name="IssuedMs">Milliseconds since 1970, by the hub's wall clock.</param>
internal sealed record GivenCertificate(string Serial, long IssuedMs, long UntilMs, bool Revoked = false);

/// <summary>What nodes were given, the newest last.</summary>
internal sealed record RegisteredNode(string Name, IReadOnlyList<GivenCertificate> Certificates)
{
    /// <summary>The one in use; null: all are revoked.</summary>
    [JsonIgnore]
    public GivenCertificate? Current => Certificates.LastOrDefault(c => !c.Revoked);
}

/// <param name="V">Version of the file, 1.</param>
/// <param name="Lists">Revocation lists made so far.</param>
internal sealed record RegisterFile(int V, long Lists, IReadOnlyList<RegisteredNode> Nodes);

/// <summary>
/// Which certificates this branch's nodes have, in <c>identities.json</c> beside the authority. A certificate is written here before it
/// leaves: what was given can always be revoked. What has ended long ago is forgotten.
/// </summary>
internal sealed class NodeRegister
{
    private const string Name = "identities.json";

    /// <summary>Of one node that have not ended; a node that asks for more is refused.</summary>
    public const int MostCertificates = 16;

    /// <summary>As many as a branch has nodes, and room for names that are no more.</summary>
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

    /// <summary>Serial numbers of all that are revoked and have not ended by themselves.</summary>
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

    public RegisteredNode? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>Durable when it returns.</summary>
    public void Add(string name, GivenCertificate given, long nowMs)
    {
        IEnumerable<GivenCertificate> before = Find(name)?.Certificates ?? [];
        _nodes[name] = new RegisteredNode(name, [.. before.Where(c => c.UntilMs > nowMs), given]);
        Save();
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
