using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>A configuration without faults, and what is asked of it again and again.</summary>
public sealed class LoadedBranch
{
    private readonly FrozenDictionary<string, ServiceConfiguration> services;
    private readonly FrozenDictionary<string, SegmentConfiguration> segments;
    private readonly FrozenDictionary<string, WorkProfileConfiguration> workProfiles;
    private readonly FrozenDictionary<string, OperatorConfiguration> operators;
    private readonly FrozenDictionary<string, ZoneConfiguration> zones;
    private readonly FrozenDictionary<string, CounterConfiguration> counters;
    private readonly FrozenDictionary<UnitAddress, UnitConfiguration> units;
    private readonly FrozenDictionary<string, IReadOnlyList<ServiceConfiguration>> called;

    /// <param name="configuration">Free of faults: only <see cref="BranchConfigurationLoader"/> makes one of these.</param>
    internal LoadedBranch(BranchConfiguration configuration)
    {
        Configuration = configuration;
        Topics = new Topics(configuration.Branch);
        Rules = RulesOf.Branch(configuration);
        services = configuration.Services.ToFrozenDictionary(s => s.Id);
        segments = configuration.Segments.ToFrozenDictionary(s => s.Id);
        workProfiles = configuration.WorkProfiles.ToFrozenDictionary(p => p.Id);
        operators = configuration.Operators.ToFrozenDictionary(o => o.Id);
        zones = configuration.Zones.ToFrozenDictionary(z => z.Id);
        counters = configuration.Counters.ToFrozenDictionary(c => c.Id);
        Units = [.. configuration.Nodes.SelectMany(n => n.Units.Select(u => (new UnitAddress(n.Name, u.Unit), u)))];
        units = Units.ToFrozenDictionary(u => u.Address, u => u.Unit);
        called = configuration.Zones.ToFrozenDictionary(
            z => z.Id,
            z => (IReadOnlyList<ServiceConfiguration>)[.. ServicesIn(z.Id)]);
    }

    public BranchConfiguration Configuration { get; }

    public Topics Topics { get; }

    /// <summary>What the decider must know.</summary>
    public BranchRules Rules { get; }

    /// <summary>All units, in the order of the file.</summary>
    public IReadOnlyList<(UnitAddress Address, UnitConfiguration Unit)> Units { get; }

    /// <summary>The branch's own language.</summary>
    public string Language => Configuration.Languages[0];

    public bool TryGetUnit(UnitAddress address, [NotNullWhen(true)] out UnitConfiguration? unit) => units.TryGetValue(address, out unit);

    public ServiceConfiguration? Service(string id) => services.GetValueOrDefault(id);

    public SegmentConfiguration? Segment(string id) => segments.GetValueOrDefault(id);

    public WorkProfileConfiguration? WorkProfile(string id) => workProfiles.GetValueOrDefault(id);

    public OperatorConfiguration? Operator(string id) => operators.GetValueOrDefault(id);

    public ZoneConfiguration? Zone(string id) => zones.GetValueOrDefault(id);

    public CounterConfiguration? Counter(string id) => counters.GetValueOrDefault(id);

    /// <summary>The counters whose own zone this is, in the order of the file.</summary>
    public IEnumerable<CounterConfiguration> CountersOf(string zone) => Configuration.Counters.Where(c => c.Zone == zone);

    /// <summary>The zone itself, then the wider ones: zone → floor → building. Empty for an unknown zone.</summary>
    public IReadOnlyList<ZoneConfiguration> Widening(string zone)
    {
        var widening = new List<ZoneConfiguration>();
        for (var at = Zone(zone); at is not null; at = at.Wider is { } wider ? Zone(wider) : null)
        {
            widening.Add(at);
        }

        return widening;
    }

    /// <summary>The services that some counter of this zone, or of one inside it, has, in the order of the file.</summary>
    public IReadOnlyList<ServiceConfiguration> ServicesOf(ZoneConfiguration zone) => called[zone.Id];

    /// <summary>In which languages a zone is spoken to, in order.</summary>
    public IReadOnlyList<string> LanguagesOf(ZoneConfiguration zone) =>
        zone.Languages.Count > 0 ? zone.Languages : Configuration.Languages;

    private IEnumerable<ServiceConfiguration> ServicesIn(string zone)
    {
        var there = Configuration.Counters.Where(c => Widening(c.Zone).Any(z => z.Id == zone))
            .SelectMany(c => WorkProfile(c.WorkProfile)?.Services ?? []).ToHashSet();
        return Configuration.Services.Where(s => there.Contains(s.Id));
    }

    /// <summary>
    /// Who types this at a keypad: the operator whose PIN it is, or who has no PIN and this id; null: nobody. Derives a key,
    /// some tenths of a second on a small computer: not for the command loop.
    /// </summary>
    public OperatorConfiguration? OperatorTyping(string digits) =>
        PinHash.Find(Configuration.Operators, digits)
        ?? (Operator(digits) is { PinHash: null } without ? without : null);

    /// <summary>A text in a language, or in the branch's own where it is missing.</summary>
    public string TextOf(IReadOnlyDictionary<string, string> texts, string? language) =>
        language is not null && texts.TryGetValue(language, out var text) ? text : texts[Language];
}
