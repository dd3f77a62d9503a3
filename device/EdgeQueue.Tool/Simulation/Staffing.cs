using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>
/// A configured branch made ready to be rolled, with its operators and all that they can and may do. No ticket waits for paper,
/// the customers came when it was open, and ticket numbers do not end (a study of waiting must not end where labels do).
/// </summary>
internal static class Staffing
{
    public static BranchRules Rules(LoadedBranch branch)
    {
        var rules = BranchRoll.RulesOf(branch.Rules);
        return rules with
        {
            Services = rules.Services.ToDictionary(s => s.Key, s => s.Value with { LastNumber = 9_999_999, Hours = [] }),
            Operators = new HashSet<string>([.. rules.Operators, .. EveryCounter(branch).Select(p => p.Operator)]),
            Policy = rules.Policy with { UnprintedMs = 0, DayEndsMinute = null },
            Visits = rules.Visits is { Hall: { } hall } visits ? visits with { Hall = hall with { Exceptions = [] } } : rules.Visits,
        };
    }

    /// <summary>Every counter all day, in the order of the file, each with an operator of its own, who brings their work profile.</summary>
    /// <param name="usual">By counter, who is known to work there; null: nothing is known.</param>
    public static IReadOnlyList<DeskPlan> EveryCounter(LoadedBranch branch, IReadOnlyDictionary<string, string>? usual = null)
    {
        var free = branch.Configuration.Operators.ToList();
        var seats = new Dictionary<string, string>();
        Seat(c => free.Find(o => usual?.GetValueOrDefault(c.Id) == o.Id));
        Seat(c => free.Find(o => o.WorkProfile == c.WorkProfile));
        Seat(_ => free.Find(o => o.WorkProfile is null));
        Seat(_ => free.FirstOrDefault());
        return [.. branch.Configuration.Counters.Select(c => seats.TryGetValue(c.Id, out var person)
            ? new DeskPlan(c.Id, person, branch.Operator(person)!.WorkProfile ?? c.WorkProfile, [])
            : new DeskPlan(c.Id, SomebodyAt(c.Id), c.WorkProfile, []))];

        void Seat(Func<CounterConfiguration, OperatorConfiguration?> choose)
        {
            foreach (var counter in branch.Configuration.Counters.Where(c => !seats.ContainsKey(c.Id)))
            {
                if (choose(counter) is { } person)
                {
                    seats[counter.Id] = person.Id;
                    free.Remove(person);
                }
            }
        }
    }

    /// <summary>An operator whom the configuration does not name: all services of the work profile.</summary>
    public static string SomebodyAt(string counter) => "operator-" + counter;
}
