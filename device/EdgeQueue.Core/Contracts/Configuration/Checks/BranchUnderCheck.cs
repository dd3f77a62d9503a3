namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>A configuration, perhaps broken, and where its faults are told.</summary>
/// <param name="told">Places whose form is a fault already: what else would be wrong with them comes of that.</param>
internal sealed class BranchUnderCheck(ConfigurationElement root, Action<string, string> fault, IReadOnlySet<string> told)
{
    public ConfigurationElement Root { get; } = root;

    public IEnumerable<string> Languages => Root["languages"].Items.Where(l => !IsTold(l)).Select(l => l.Text).OfType<string>();

    public IEnumerable<(ConfigurationElement Node, ConfigurationElement Unit)> Units =>
        Root["nodes"].Items.SelectMany(node => node["units"].Items.Select(unit => (node, unit)));

    /// <summary>The ids of a list such as <c>services</c>.</summary>
    public HashSet<string> Ids(string list) => [.. Root[list].Items.Select(item => item["id"].Text).OfType<string>()];

    public bool IsTold(ConfigurationElement place) => told.Contains(place.Path);

    public void Fault(string path, string sentence) => fault(path, sentence);

    /// <summary>Tells every value that was there before; <paramref name="sentence"/> gets it and the path of the first.</summary>
    public void Unique(IEnumerable<(ConfigurationElement Where, string? Value)> values, Func<string, string, string> sentence)
    {
        var first = new Dictionary<string, string>();
        foreach (var (where, value) in values)
        {
            if (value is not null && !first.TryAdd(value, where.Path))
            {
                Fault(where.Path, sentence(value, first[value]));
            }
        }
    }
}
