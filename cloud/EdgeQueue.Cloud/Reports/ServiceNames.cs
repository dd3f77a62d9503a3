using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Reports;

/// <summary>
/// What people call the services of a report: by the name that the branches give an id. Where two branches mean something else by the same id it stays the
/// id, because its figures are the sum of both; where two ids have one name, the id stands behind it. Pure.
/// </summary>
internal sealed class ServiceNames
{
    /// <summary>Branches that are looked at, the first of the report: a network has one catalogue, or its ids do not add up.</summary>
    public const int MostBranches = 50;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public void Add(IEnumerable<LiveService> services)
    {
        foreach (LiveService service in services)
        {
            string name = service.Names.GetValueOrDefault("en") ?? service.Names.Values.FirstOrDefault() ?? service.Service;
            _names[service.Service] = _names.TryGetValue(service.Service, out string? before) && before != name ? service.Service : name;
        }
    }

    public string Of(string service)
    {
        string name = _names.GetValueOrDefault(service, service);
        return _names.Count(n => n.Value == name) > 1 ? $"{name} ({service})" : name;
    }
}
