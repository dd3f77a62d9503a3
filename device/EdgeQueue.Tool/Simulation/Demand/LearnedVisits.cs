using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// What the customers of a journal wanted beyond a service, and how their stays at counters ended, ready to be drawn from. What this branch
/// does not have any more (an attribute, an operator, a service) nobody asks for and nobody is sent to.
/// </summary>
internal sealed class LearnedVisits
{
    private const int LeastEpisodes = 20;
    private const int MostEpisodes = 8;

    private readonly JournalHistory _learned;
    private readonly LoadedBranch _branch;
    private readonly Dictionary<(string Service, Coming How), IReadOnlyList<SeenEpisode>> _episodes = [];
    private readonly HashSet<string> _sendOn = [];

    /// <param name="staff">Whom somebody can be sent to or ask for; null: the configured operators.</param>
    public LearnedVisits(JournalHistory learned, LoadedBranch branch, IReadOnlyDictionary<string, StaffedCounter>? staff)
    {
        (_learned, _branch) = (learned, branch);
        var people = staff?.Values.Select(s => s.Operator).OfType<string>().ToHashSet();
        foreach (var service in learned.Episodes.Services.Where(s => branch.Service(s) is not null))
        {
            foreach (var how in Enum.GetValues<Coming>())
            {
                var seen = learned.Episodes.Of(service, how).Select(e => e with { Then = Known(e.Then, service, people) }).ToList();
                if (seen.Exists(e => e.Then is not null))
                {
                    _sendOn.Add(service);
                }

                if (seen.Count >= LeastEpisodes)
                {
                    _episodes[(service, how)] = seen;
                }
            }
        }

        Sentence = Told();
    }

    /// <summary>For the report; null: everybody wants one service, and gets it in one stay.</summary>
    public string? Sentence { get; }

    /// <summary>Null: nobody of the stream wants more than its service.</summary>
    public IReadOnlyList<Errand>? Errands(ArrivalStream stream, bool booked = false)
    {
        List<Errand> errands = [.. _learned.Errands.Of(stream, booked).Select(Known)];
        return errands.Exists(e => e != Errand.Plain) ? errands : null;
    }

    /// <summary>The stays of a visit, drawn from what was seen: how long each is together with how it ends.</summary>
    public IReadOnlyList<Episode> Episodes(Chance chance, string service, IReadOnlyList<JourneyStep> steps)
    {
        if (steps.Count == 0 && !_sendOn.Contains(service))
        {
            return [];
        }

        List<Episode> episodes = [];
        foreach (var next in steps.Select(s => s.Service).Prepend(service))
        {
            Append(episodes, chance, next, Coming.First);
        }

        return episodes;
    }

    private void Append(List<Episode> to, Chance chance, string service, Coming how)
    {
        var seen = Draw(chance, service, how);
        if (seen.Then is not { } onward || to.Count >= MostEpisodes)
        {
            to.Add(new(service, seen.Ms));
            return;
        }

        onward = onward.AsideMs is null ? onward : onward with { AsideMs = _learned.Episodes.Asides.Law?.Sample(chance) ?? 0 };
        to.Add(new(service, seen.Ms, onward));
        Append(to, chance, onward.Service ?? service, onward.AsideMs is null ? Coming.Sent : Coming.Aside);
        if (onward.Return)
        {
            Append(to, chance, service, Coming.Returned);
        }
    }

    private SeenEpisode Draw(Chance chance, string service, Coming how) =>
        _episodes.TryGetValue((service, how), out var seen)
            ? seen[chance.Below(seen.Count)]
            : new(LearnedDemand.Serving(_learned.Branch, _branch, service).Sample(chance), null);

    private Errand Known(Errand errand)
    {
        var rules = _branch.Rules;
        IReadOnlyList<string> wants = [.. errand.Wants?.Where(w => rules.Calling?.Attributes?.Contains(w) == true) ?? []];
        IReadOnlyList<JourneyStep> steps = [.. errand.Steps?.Where(s => rules.Services.ContainsKey(s.Service)) ?? []];
        var known = errand with
        {
            Wants = wants.Count > 0 ? wants : null,
            Operator = errand.Operator is { } person && rules.Operators.Contains(person) ? person : null,
            Steps = steps.Count > 0 ? steps : null,
        };
        return known is { Wants: null, Operator: null, People: 1, Steps: null } ? Errand.Plain : known;
    }

    private Onward? Known(Onward? onward, string service, HashSet<string>? people) => onward switch
    {
        { Service: { } to } => _branch.Service(to) is not null ? onward : null,
        { Counter: { } counter } => _branch.Counter(counter) is not null ? onward : null,
        { Operator: { } person } => (people?.Contains(person) ?? _branch.Rules.Operators.Contains(person)) ? onward : new(Service: service, Return: onward.Return),
        _ => onward,
    };

    private string? Told()
    {
        var errands = _learned.Branch.Arrivals.Streams.SelectMany(s => _learned.Errands.Of(s)).Select(Known).ToList();
        var ends = _episodes.Values.SelectMany(e => e).Select(e => e.Then).ToList();
        List<string> told =
        [
            .. Share(errands, e => e.Wants is not null, "ask for an operator who has something"),
            .. Share(errands, e => e.Operator is not null, "ask for one operator"),
            .. Share(errands, e => e.People > 1, "are groups"),
            .. Share(errands, e => e.Steps is not null, "come for several services"),
        ];
        List<string> ended =
        [
            .. Share(ends, e => e is { AsideMs: null }, "are sent on"),
            .. Share(ends, e => e is { AsideMs: not null }, "are put aside"),
        ];
        string most = MostEpisodes.ToString(CultureInfo.InvariantCulture);
        List<string> sentences =
        [
            .. told.Count > 0 ? [$"Of those without a booking {string.Join(", ", told)}."] : (string[])[],
            .. ended.Count > 0 ? [$"At the end of a stay at a counter {string.Join(", ", ended)}; they wait again, and each wait counts. After {most} stays nobody is sent on."] : (string[])[],
        ];
        return sentences.Count > 0 ? string.Join(' ', sentences) : null;
    }

    private static IEnumerable<string> Share<T>(IReadOnlyList<T> all, Func<T, bool> some, string what) =>
        all.Count(some) is > 0 and var count ? [string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / all.Count:0.#} % {what}")] : [];
}
