namespace EdgeQueue.Core.Queue;

/// <summary>
/// Who waits, indexed the way counters ask: by service, by the counter or operator that a visit waits for, and who comes back
/// to an operator. Follows the events; nothing in it is a truth of its own.
/// </summary>
internal sealed class WaitingIndex
{
    private static readonly StreamPool Nobody = new();

    private readonly Dictionary<string, StreamPool> _services = [];
    private readonly Dictionary<string, StreamPool> _counters = [];
    private readonly Dictionary<string, StreamPool> _operators = [];
    private readonly Dictionary<string, StreamPool> _returning = [];
    private readonly Dictionary<string, ProfileQueues> _profiles = [];

    public int Count { get; private set; }

    public void Add(Place place, long visit)
    {
        var service = OfService(place.Service);
        (PoolOfBound(place) ?? service).Add(place, visit);
        service.WaitingForService++;
        Count++;
    }

    public void Remove(Place place, long visit)
    {
        var service = OfService(place.Service);
        (PoolOfBound(place) ?? service).Remove(place, visit);
        service.WaitingForService--;
        Count--;
    }

    /// <summary>Everybody who waits for a service, whoever may call them.</summary>
    public int WaitingFor(string service) => _services.GetValueOrDefault(service)?.WaitingForService ?? 0;

    /// <summary>
    /// One text for each service, whichever command it came in: ten thousand visits that wait then share fifty texts, and to
    /// find a visit's queue does not fetch one that nobody has read for an hour.
    /// </summary>
    public string NameOf(string service) => OfService(service).Service!;

    public StreamPool Returning(string? operatorId) => Find(_returning, operatorId);

    public StreamPool BoundToOperator(string? operatorId) => Find(_operators, operatorId);

    public StreamPool BoundToCounter(string counter) => Find(_counters, counter);

    /// <summary>The queues of a work profile, looked up once per configuration.</summary>
    public ProfileQueues Profile(string profile, IReadOnlyList<string> services)
    {
        if (!_profiles.TryGetValue(profile, out var queues))
        {
            queues = new([.. services.Distinct().Select(OfService)]);
            _profiles[profile] = queues;
        }

        return queues;
    }

    /// <summary>The work profiles are other ones now.</summary>
    public void ForgetProfiles()
    {
        _profiles.Clear();
        foreach (var pool in _services.Values)
        {
            pool.Unwatch();
        }
    }

    public int CountBefore(Place place, long visit) => (PoolOfBound(place) ?? OfService(place.Service)).CountBefore(place, visit);

    private StreamPool? PoolOfBound(Place place) => place switch
    {
        { Returning: true, BoundOperator: { } back } => Of(_returning, back),
        { BoundOperator: { } operatorId } => Of(_operators, operatorId),
        { BoundCounter: { } counter } => Of(_counters, counter),
        _ => null,
    };

    private StreamPool OfService(string service)
    {
        if (!_services.TryGetValue(service, out var pool))
        {
            _services[service] = pool = new StreamPool(service);
        }

        return pool;
    }

    private static StreamPool Of(Dictionary<string, StreamPool> pools, string key)
    {
        if (!pools.TryGetValue(key, out var pool))
        {
            pool = new StreamPool();
            pools[key] = pool;
        }

        return pool;
    }

    // Most branches have nobody bound to anybody: then there is nothing to look up.
    private static StreamPool Find(Dictionary<string, StreamPool> pools, string? key) =>
        key is not null && pools.Count > 0 && pools.TryGetValue(key, out var pool) ? pool : Nobody;
}
