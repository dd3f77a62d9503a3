namespace EdgeQueue.Core.Queue;

/// <summary>A counter as the rules see it while it is open with one operator.</summary>
/// <param name="Profile">Name of the work profile.</param>
internal sealed record CallingPost(
    string Profile, string? Operator, CounterRules Counter, WorkProfileRules Rules, ProfileSettings Settings, OperatorSettings Person,
    CallingPlan Plan)
{
    /// <summary>One of the work profile's, and the operator has the skill for it.</summary>
    public bool Serves(string service) => Rules.Services.Contains(service) && Person.Skills?.ContainsKey(service) != false;

    /// <summary>Its own work, or help that has waited beyond the threshold and counts as such.</summary>
    public bool IsOwn(Place place, Moment now) =>
        !Plan.IsHelp(place.Service)
        || IsBound(place)
        || Settings.Helps?.FirstOrDefault(h => h.Service == place.Service)?.AfterMs <= now.Milliseconds - place.Since.Milliseconds;

    /// <summary>The operator has all that somebody wants.</summary>
    public bool Meets(string? wants) => wants is null || wants.Split(' ').All(wish => Person.Attributes?.Contains(wish) == true);

    public bool ChoosesService => Person.ChooseService ?? Settings.ChooseService;

    public bool ChangesService => Person.ChangeService ?? Settings.ChangeService;

    public bool SetsPriority => Person.SetPriority ?? Settings.SetPriority;

    public bool ChoosesTicket => Person.ChooseTicket ?? Settings.ChooseTicket;

    private static bool IsBound(Place place) => place.BoundOperator is not null || BufferName.Left(place).BoundCounter is not null;
}

/// <summary>The queues that counters alike call from: same work profile, same skills, same attributes.</summary>
/// <param name="view">All queues but those that are helped with only when there is nothing else.</param>
/// <param name="otherTurn">The same for the other side's turn of a ratio: the scores are others then. Null without a ratio.</param>
/// <param name="lastResort">The queues that are helped with only when there is nothing else: those that no view has.</param>
/// <param name="helped">All queues that are helped with.</param>
internal sealed class CallingPlan(
    CallingView view, CallingView? otherTurn, IReadOnlyList<StreamPool> lastResort, IReadOnlyList<StreamPool> helped,
    IReadOnlySet<string> helps)
{
    public IReadOnlyList<StreamPool> Helped => helped;

    /// <summary>How many visits wait that may be called, also as help.</summary>
    public int Waiting
    {
        get
        {
            var waiting = view.Waiting;
            foreach (var pool in lastResort)
            {
                waiting += pool.Visits;
            }

            return waiting;
        }
    }

    public bool IsHelp(string service) => helps.Count > 0 && helps.Contains(service);

    /// <param name="first">It is the first side's turn, or there is no ratio.</param>
    public CallingView View(bool first) => first || otherTurn is null ? view : otherTurn;
}
