using System.Globalization;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Says whom a changed configuration has left behind: at a counter, or in a queue, that it does not have any more. Nobody is lost, but nobody
/// looks for them there.
/// </summary>
internal static class StrandedNotice
{
    public const string Code = "leftBehind";

    private const int MostNamed = 8;

    /// <returns>Null: nobody is.</returns>
    public static Fault? Of(BranchState state)
    {
        if (state.Rules is not { } rules)
        {
            return null;
        }

        Visit[] atCounters = [.. state.Counters.Where(c => !rules.Counters.ContainsKey(c.Id)).Select(state.VisitAt).OfType<Visit>()];
        string[] gone = [.. state.ServicesWaitedFor.Where(s => !rules.Services.ContainsKey(s))];
        Visit[] waiting = gone.Length == 0 ? [] : [.. state.Visits.Where(v => v.Phase == VisitPhase.Waiting && gone.Contains(v.Service)).OrderBy(v => v.Number)];
        return atCounters.Length + waiting.Length == 0 ? null
            : new Fault(Code, string.Join(" ", ((string?[])
            [
                Sentence(atCounters, v => $"{v.Label} at counter '{v.Counter}'", "not in the configuration any more"),
                Sentence(waiting, v => $"{v.Label} for '{v.Service}'", "a service that the configuration does not have any more"),
                "Call each by the label from another counter, or put the counter or the service back.",
            ]).OfType<string>()));
    }

    private static string? Sentence(Visit[] visits, Func<Visit, string> named, string why) => visits.Length == 0 ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(visits.Length == 1 ? "One customer is" : $"{visits.Length} customers are")} left behind: {string.Join(", ", visits.Take(MostNamed).Select(named))}{(visits.Length > MostNamed ? ", …" : "")}, {why}.");
}
