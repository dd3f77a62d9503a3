namespace EdgeQueue.Core.Queue;

internal sealed partial class WaitingIndex
{
    private readonly Dictionary<string, CallingPlan> _plans = [];
    private readonly Dictionary<string, CallingPost> _posts = [];
    private readonly Dictionary<string, CallingPost> _profiles = [];

    /// <summary>What a counter calls from, looked up once for as long as its operator, work profile and the configuration stay.</summary>
    public CallingPost? Post(Counter counter, BranchRules rules)
    {
        if (_posts.TryGetValue(counter.Id, out var post)
            && ReferenceEquals(post.Profile, counter.WorkProfile) && ReferenceEquals(post.Operator, counter.Operator))
        {
            return post;
        }

        if (!rules.Counters.TryGetValue(counter.Id, out var counterRules)
            || !rules.WorkProfiles.TryGetValue(counter.WorkProfile!, out var profile))
        {
            return null;
        }

        var calling = rules.Calling ?? CallingSettings.None;
        var (settings, person) = (calling.OfProfile(counter.WorkProfile!), calling.OfOperator(counter.Operator));
        return _posts[counter.Id] = new(
            counter.WorkProfile!, counter.Operator, counterRules, profile, settings, person,
            PlanOf(counter.WorkProfile!, profile, settings, person));
    }

    /// <summary>What is called from by a work profile when it is not yet known to which counter.</summary>
    public CallingPost? PostOfProfile(string name, BranchRules rules)
    {
        if (_profiles.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!rules.WorkProfiles.TryGetValue(name, out var profile))
        {
            return null;
        }

        var settings = (rules.Calling ?? CallingSettings.None).OfProfile(name);
        return _profiles[name] = new(
            name, null, new CounterRules(name, ""), profile, settings, OperatorSettings.None,
            PlanOf(name, profile, settings, OperatorSettings.None));
    }

    /// <summary>The queues that somebody's wishes and a service lead to, as far as this person can meet them.</summary>
    public IEnumerable<StreamPool> PoolsOf(string service, OperatorSettings person)
    {
        var queue = OfService(service);
        yield return queue.Pool;
        foreach (var (wants, pool) in queue.Wishes)
        {
            if (wants.Split(' ').All(wish => person.Attributes?.Contains(wish) == true))
            {
                yield return pool;
            }
        }
    }

    /// <summary>The work profiles are other ones now, or there is a queue that nobody had before.</summary>
    public void ForgetProfiles()
    {
        _posts.Clear();
        _profiles.Clear();
        _plans.Clear();
        foreach (var pool in _pools)
        {
            pool.Unwatch();
        }
    }

    private CallingPlan PlanOf(string name, WorkProfileRules profile, ProfileSettings settings, OperatorSettings person)
    {
        var key = person.Skills is null && person.Attributes is null ? name : $"{name}\n{SkillsOf(person)}\n{AttributesOf(person)}";
        if (_plans.TryGetValue(key, out var known))
        {
            return known;
        }

        var (queues, helped, helps) = (new List<ViewedQueue>(), new List<StreamPool>(), new HashSet<string>());
        foreach (var service in profile.Services.Distinct())
        {
            if (person.Skills is not null && !person.Skills.ContainsKey(service))
            {
                continue;
            }

            var help = settings.Helps?.FirstOrDefault(h => h.Service == service);
            if (help is null && person.Skills?[service] != Skill.Secondary)
            {
                queues.AddRange(PoolsOf(service, person).Select(pool => new ViewedQueue(pool, 0)));
                continue;
            }

            helps.Add(service);
            helped.AddRange(PoolsOf(service, person));
            if (help?.AfterMs is { } after)
            {
                queues.AddRange(PoolsOf(service, person).Select(pool => new ViewedQueue(pool, (int)after)));
            }
        }

        ViewedQueue[] viewed = [.. queues];
        return _plans[key] = new(
            new(viewed), profile.Rule == CallingRuleKind.Ratio ? new(viewed) : null,
            [.. helped.Where(pool => !viewed.Any(q => q.Pool == pool))], [.. helped], helps);
    }

    private static string SkillsOf(OperatorSettings person) => person.Skills is not { } skills
        ? "*"
        : string.Join(' ', skills.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Key + (s.Value == Skill.Primary ? "" : "?")));

    private static string AttributesOf(OperatorSettings person) => string.Join(' ', (person.Attributes ?? []).Order(StringComparer.Ordinal));
}
