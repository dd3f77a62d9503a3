namespace EdgeQueue.Core.Queue;

/// <summary>What the rules say about calling beside each work profile's services and rule. What is left out is not used.</summary>
/// <param name="Profiles">By work profile; only those that say something.</param>
/// <param name="People">By operator; only those that say something.</param>
/// <param name="LearnedServices">Services whose mean service time is learned; the others have the configured one.</param>
/// <param name="Attributes">What a customer may want of an operator: a language, a woman doctor.</param>
/// <param name="PersonWaitMs">
/// So long a visit that was routed to a person waits for them, milliseconds; then for anyone with the skill. Null: for ever.
/// </param>
public sealed record CallingSettings(
    IReadOnlyDictionary<string, ProfileSettings>? Profiles = null,
    IReadOnlyDictionary<string, OperatorSettings>? People = null,
    IReadOnlyList<string>? LearnedServices = null,
    IReadOnlyList<string>? Attributes = null,
    long? PersonWaitMs = null)
{
    public static CallingSettings None { get; } = new();

    internal ProfileSettings OfProfile(string profile) => Profiles?.GetValueOrDefault(profile) ?? ProfileSettings.None;

    internal OperatorSettings OfOperator(string? person) =>
        person is null ? OperatorSettings.None : People?.GetValueOrDefault(person) ?? OperatorSettings.None;
}

/// <param name="CapTargets">Whoever has waited so many targets goes first, whatever the rule; 1 … 20; null: the rule's own.</param>
/// <param name="Ratio">With <see cref="CallingRuleKind.Ratio"/>.</param>
/// <param name="Helps">Which of the profile's services are helped with only.</param>
/// <param name="ChooseService">Its operators may choose the queue to call from.</param>
/// <param name="ChooseTicket">Its operators may choose whom to call.</param>
/// <param name="ChangeService">Its operators may change what somebody came for.</param>
/// <param name="SetPriority">Its operators may change somebody's priority.</param>
public sealed record ProfileSettings(
    int? CapTargets = null, RatioSettings? Ratio = null, IReadOnlyList<HelpSettings>? Helps = null,
    bool ChooseService = true, bool ChooseTicket = true, bool ChangeService = true, bool SetPriority = false)
{
    public static ProfileSettings None { get; } = new();
}

/// <summary>So many of one side, then so many of the other.</summary>
/// <param name="Priority">From this priority on, 1 … 99, a visit is on the first side.</param>
/// <param name="First">Calls of the first side, 1 … 100.</param>
/// <param name="Others">Then calls of the other side, 1 … 100.</param>
public sealed record RatioSettings(int Priority, int First, int Others)
{
    public static RatioSettings Default { get; } = new(51, 2, 1);
}

/// <param name="AfterMs">
/// Whoever has waited so long counts as the counter's own work, milliseconds; null: help only when there is no work of its own.
/// </param>
public sealed record HelpSettings(string Service, long? AfterMs);

/// <param name="Skills">By service; null: all services of the work profile. A service that is not named is not called.</param>
/// <param name="Attributes">What customers may want, such as a language.</param>
/// <param name="ChooseService">May choose the queue to call from; null: as the work profile says.</param>
/// <param name="ChooseTicket">May choose whom to call; null: as the work profile says.</param>
/// <param name="ChangeService">May change what somebody came for; null: as the work profile says.</param>
/// <param name="SetPriority">May change somebody's priority; null: as the work profile says.</param>
public sealed record OperatorSettings(
    IReadOnlyDictionary<string, Skill>? Skills = null, IReadOnlyList<string>? Attributes = null,
    bool? ChooseService = null, bool? ChooseTicket = null, bool? ChangeService = null, bool? SetPriority = null)
{
    public static OperatorSettings None { get; } = new();
}

/// <summary>How well an operator serves a service.</summary>
public enum Skill
{
    /// <summary>Their own work.</summary>
    Primary,

    /// <summary>Only when there is no primary work, or as the work profile's help says.</summary>
    Secondary,
}
