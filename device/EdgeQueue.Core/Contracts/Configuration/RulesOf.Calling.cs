using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Configuration;

internal static partial class RulesOf
{
    /// <summary>Null: the configuration says nothing about it.</summary>
    private static CallingSettings? Calling(BranchConfiguration branch)
    {
        var settings = new CallingSettings(
            OrNull(branch.WorkProfiles.Select(p => (p.Id, Settings: OfProfile(p))).Where(p => p.Settings != ProfileSettings.None)
                .ToDictionary(p => p.Id, p => p.Settings)),
            OrNull(branch.Operators.Select(o => (o.Id, Settings: OfOperator(o))).Where(o => o.Settings != OperatorSettings.None)
                .ToDictionary(o => o.Id, o => o.Settings)),
            ListOrNull(branch.Services.Where(s => s.MeanService == "learned").Select(s => s.Id)),
            ListOrNull(branch.OperatorAttributes),
            branch.Policy.PersonWaitSeconds * 1000L);
        return settings == CallingSettings.None ? null : settings;
    }

    private static ProfileSettings OfProfile(WorkProfileConfiguration profile) => new(
        profile.CapTargets,
        profile.Ratio is { } ratio ? new RatioSettings(ratio.Priority, ratio.First, ratio.Others) : null,
        profile.Helps.Count == 0 ? null : [.. profile.Helps.Select(h => new HelpSettings(h.Service, h.AfterSeconds * 1000L))],
        profile.ChooseService, profile.ChooseTicket, profile.ChangeService, profile.SetPriority);

    private static OperatorSettings OfOperator(OperatorConfiguration person) => new(
        person.Skills.Count == 0
            ? null
            : person.Skills.ToDictionary(s => s.Service, s => s.Level == "secondary" ? Skill.Secondary : Skill.Primary),
        ListOrNull(person.Attributes), person.ChooseService, person.ChooseTicket, person.ChangeService, person.SetPriority);

    private static List<string>? ListOrNull(IEnumerable<string> names) => names.ToList() is { Count: > 0 } list ? list : null;
}
