namespace EdgeQueue.Core.Queue;

/// <summary>
/// Who waits, indexed the way counters ask: by service, by the counter or operator that a visit waits for, and who comes back
/// to an operator. Follows the events; nothing in it is a truth of its own.
/// </summary>
internal sealed partial class WaitingIndex
{
    private const int Nobody = 0;

    private StreamPool[] _pools = [new(Nobody)];
    private readonly Dictionary<string, ServiceQueue> _services = [];
    private readonly Dictionary<string, StreamPool> _counters = [];
    private readonly Dictionary<string, StreamPool> _operators = [];
    private readonly Dictionary<string, StreamPool> _returning = [];

    // Whom the last choice took, and from where: the call that follows it finds the place without asking the visit.
    private Candidate _chosen;

    public int Count { get; private set; }

    public IEnumerable<string> ServicesWaitedFor => _services.Where(s => s.Value.Waiting > 0).Select(s => s.Key).Order(StringComparer.Ordinal);

    public void Add(Place place, long visit)
    {
        var service = OfService(place.Service);
        (PoolOfBound(place) ?? PoolIn(service, place)).Add(place, visit);
        service.Waiting++;
        Count++;
    }

    public void Remove(Place place, long visit)
    {
        Count--;
        if (_chosen.Visit == visit && _chosen.Slot < _pools[_chosen.Pool].Count && Stream(_chosen).Head.Visit == visit)
        {
            var pool = _pools[_chosen.Pool];
            (pool.Queue ?? OfService(Stream(_chosen).Service)).Waiting--;
            pool.RemoveHead(_chosen.Slot);
            return;
        }

        var service = OfService(place.Service);
        (PoolOfBound(place) ?? PoolIn(service, place)).Remove(place, visit);
        service.Waiting--;
    }

    /// <summary>A candidate's stream.</summary>
    public ref readonly StreamSlot Stream(in Candidate candidate) => ref _pools[candidate.Pool][candidate.Slot];

    /// <summary>Remembers a choice; it is found to be stale by itself.</summary>
    public void Chosen(in Candidate candidate) => _chosen = candidate;

    /// <summary>Everybody who waits for a service, whoever may call them.</summary>
    public int WaitingFor(string service) => _services.GetValueOrDefault(service)?.Waiting ?? 0;

    /// <summary>
    /// One text for each service, whichever command it came in: ten thousand visits that wait then share fifty texts, and to
    /// find a visit's queue does not fetch one that nobody has read for an hour.
    /// </summary>
    public string NameOf(string service) => OfService(service).Pool.Service!;

    public StreamPool Returning(string? operatorId) => Find(_returning, operatorId);

    public StreamPool BoundToOperator(string? operatorId) => Find(_operators, operatorId);

    public StreamPool BoundToCounter(string counter) => Find(_counters, counter);

    public int CountBefore(Place place, long visit) =>
        (PoolOfBound(place) ?? PoolIn(OfService(place.Service), place)).CountBefore(place, visit);

    private StreamPool? PoolOfBound(Place place) => place switch
    {
        { Returning: true, BoundOperator: { } back } => Of(_returning, back),
        { BoundOperator: { } operatorId } => Of(_operators, operatorId),
        { BoundCounter: { } counter } => Of(_counters, counter),
        _ => null,
    };

    private StreamPool PoolIn(ServiceQueue service, Place place)
    {
        if (place.Wants is not { } wants)
        {
            return service.Pool;
        }

        if (!service.Wishes.TryGetValue(wants, out var pool))
        {
            // Who can meet these wishes is looked up again.
            service.Wishes[wants] = pool = Open(place.Service);
            pool.Queue = service;
            ForgetProfiles();
        }

        return pool;
    }

    private ServiceQueue OfService(string service)
    {
        if (!_services.TryGetValue(service, out var queue))
        {
            _services[service] = queue = new(Open(service));
        }

        return queue;
    }

    private StreamPool Of(Dictionary<string, StreamPool> pools, string key)
    {
        if (!pools.TryGetValue(key, out var pool))
        {
            pools[key] = pool = Open(null);
        }

        return pool;
    }

    private StreamPool Open(string? service)
    {
        var pool = new StreamPool(_pools.Length, service);
        _pools = [.. _pools, pool];
        return pool;
    }

    // Most branches have nobody bound to anybody: then there is nothing to look up.
    private StreamPool Find(Dictionary<string, StreamPool> pools, string? key) =>
        key is not null && pools.Count > 0 && pools.TryGetValue(key, out var pool) ? pool : _pools[Nobody];

    /// <summary>The queue of a service.</summary>
    internal sealed class ServiceQueue
    {
        public ServiceQueue(StreamPool pool)
        {
            Pool = pool;
            pool.Queue = this;
        }

        /// <summary>Who wants nothing of the operator.</summary>
        public StreamPool Pool { get; }

        /// <summary>Who wants something of the operator, by what: the attributes in order, a space between.</summary>
        public SortedDictionary<string, StreamPool> Wishes { get; } = new(StringComparer.Ordinal);

        /// <summary>How many wait for this service, also in the pools of those who wait for somebody.</summary>
        public int Waiting { get; set; }
    }
}
