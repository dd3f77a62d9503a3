namespace EdgeQueue.Core.Queue;

/// <summary>
/// Who waits, indexed the way counters ask: by service, by the counter or operator that a visit waits for, and who comes back
/// to an operator. Follows the events; nothing in it is a truth of its own.
/// </summary>
internal sealed class WaitingIndex
{
    private const int Nobody = 0;

    private StreamPool[] _pools = [new(Nobody)];
    private readonly Dictionary<string, ServiceQueue> _services = [];
    private readonly Dictionary<string, StreamPool> _counters = [];
    private readonly Dictionary<string, StreamPool> _operators = [];
    private readonly Dictionary<string, StreamPool> _returning = [];
    private readonly Dictionary<string, CallingView> _profiles = [];
    private readonly Dictionary<string, CallingPost> _posts = [];

    // Whom the last choice took, and from where: the call that follows it finds the place without asking the visit.
    private Candidate _chosen;

    public int Count { get; private set; }

    public void Add(Place place, long visit)
    {
        var service = OfService(place.Service);
        (PoolOfBound(place) ?? service.Pool).Add(place, visit);
        service.Waiting++;
        Count++;
    }

    public void Remove(Place place, long visit)
    {
        Count--;
        if (_chosen.Visit == visit && _chosen.Slot < _pools[_chosen.Pool].Count && Stream(_chosen).Head.Visit == visit)
        {
            OfService(Stream(_chosen).Service).Waiting--;
            _pools[_chosen.Pool].RemoveHead(_chosen.Slot);
            return;
        }

        var service = OfService(place.Service);
        (PoolOfBound(place) ?? service.Pool).Remove(place, visit);
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

    /// <summary>What a counter calls from, looked up once for as long as its work profile and the configuration stay.</summary>
    public CallingPost? Post(Counter counter, BranchRules rules)
    {
        if (_posts.TryGetValue(counter.Id, out var post) && ReferenceEquals(post.Profile, counter.WorkProfile))
        {
            return post;
        }

        if (!rules.Counters.TryGetValue(counter.Id, out var counterRules)
            || !rules.WorkProfiles.TryGetValue(counter.WorkProfile!, out var profile))
        {
            return null;
        }

        return _posts[counter.Id] = new(counter.WorkProfile!, counterRules, profile, View(counter.WorkProfile!, profile));
    }

    /// <summary>What is called from by a work profile when it is not yet known to which counter.</summary>
    public CallingPost? PostOfProfile(string name, string zone, BranchRules rules) =>
        rules.WorkProfiles.TryGetValue(name, out var profile) ? new(name, new CounterRules(name, zone), profile, View(name, profile)) : null;

    private CallingView View(string name, WorkProfileRules profile)
    {
        if (!_profiles.TryGetValue(name, out var view))
        {
            view = new([.. profile.Services.Distinct().Select(s => new ViewedQueue(OfService(s).Pool, 0))]);
            _profiles[name] = view;
        }

        return view;
    }

    /// <summary>The work profiles are other ones now.</summary>
    public void ForgetProfiles()
    {
        _posts.Clear();
        _profiles.Clear();
        foreach (var service in _services.Values)
        {
            service.Pool.Unwatch();
        }
    }

    public int CountBefore(Place place, long visit) =>
        (PoolOfBound(place) ?? OfService(place.Service).Pool).CountBefore(place, visit);

    private StreamPool? PoolOfBound(Place place) => place switch
    {
        { Returning: true, BoundOperator: { } back } => Of(_returning, back),
        { BoundOperator: { } operatorId } => Of(_operators, operatorId),
        { BoundCounter: { } counter } => Of(_counters, counter),
        _ => null,
    };

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

    private sealed class ServiceQueue(StreamPool pool)
    {
        public StreamPool Pool { get; } = pool;

        /// <summary>How many wait for this service, also in the pools of those who wait for somebody.</summary>
        public int Waiting { get; set; }
    }
}

/// <summary>A counter as the rules see it while it is open.</summary>
/// <param name="Profile">Name of the work profile.</param>
internal sealed record CallingPost(string Profile, CounterRules Counter, WorkProfileRules Rules, CallingView View);
