using System.Numerics;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>
/// Whom a counter calls, by comparing everybody in unlimited integers: the definitions of the README word by word, slow and
/// without an index. What the engine does is held against it.
/// </summary>
internal static class ObviousChoice
{
    public static List<long> InOrder(BranchState state, string counterId, Moment now, string? service = null)
    {
        var counter = state.Counter(counterId);
        var rules = state.Rules!;
        var profile = rules.WorkProfiles[counter.WorkProfile!];
        var settings = rules.Calling?.Profiles?.GetValueOrDefault(counter.WorkProfile!) ?? new ProfileSettings();
        var person = rules.Calling?.People?.GetValueOrDefault(counter.Operator!) ?? new OperatorSettings();
        var waiting = state.Visits.Where(v => v.Phase == VisitPhase.Waiting && (service is null || v.Service == service)).ToList();

        var back = waiting.Where(v => v.Place is { Returning: true } p && p.BoundOperator == counter.Operator && p.Since <= now)
            .OrderBy(v => v.Place.Since).ThenBy(v => v.Number).ToList();
        var bound = waiting.Where(v => v.Place is { Returning: false } p
            && (p.BoundOperator is not null ? p.BoundOperator == counter.Operator : p.BoundCounter is not null && p.BoundCounter == counter.Id)).ToList();
        var served = waiting.Where(v => v.Place is { BoundOperator: null, BoundCounter: null } p
            && profile.Services.Contains(p.Service) && person.Skills?.ContainsKey(p.Service) != false
            && (p.Wants ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => person.Attributes?.Contains(w) == true)).ToList();

        bool IsHelp(Visit v) => person.Skills?.GetValueOrDefault(v.Service) == Skill.Secondary || settings.Helps?.Any(h => h.Service == v.Service) == true;
        bool IsOwn(Visit v) => !IsHelp(v)
            || settings.Helps?.FirstOrDefault(h => h.Service == v.Service) is { AfterMs: { } after } && now.Milliseconds - v.Place.Since.Milliseconds >= after;

        // A person who chose a queue has made it their own work.
        var own = bound.Concat(served.Where(v => service is not null || IsOwn(v))).Where(v => v.Place.Since <= now).ToList();
        var help = served.Where(v => v.Place.Since <= now).Except(own);
        var order = Comparer<Visit>.Create((a, b) => Compare(state, counter.WorkProfile!, profile.Rule, settings, a, b, now));
        List<Visit> due = [.. own.Order(order), .. help.Order(order)];
        if (due.Count == 0)
        {
            var early = bound.Concat(served.Where(v => service is not null || !IsHelp(v))).ToList();
            due = [.. (early.Count > 0 ? early : served).OrderBy(v => v.Place.Since).ThenBy(v => v.Number)];
        }

        return [.. back.Concat(due).Select(v => v.Number)];
    }

    private static int Compare(
        BranchState state, string profile, CallingRuleKind rule, ProfileSettings settings, Visit a, Visit b, Moment now)
    {
        var cap = settings.CapTargets ?? (rule == CallingRuleKind.Target ? 4 : int.MaxValue);
        bool overA = Wait(a, now) >= (BigInteger)cap * a.Place.TargetMs, overB = Wait(b, now) >= (BigInteger)cap * b.Place.TargetMs;
        if (overA != overB)
        {
            return overA ? -1 : 1;
        }

        var score = overA
            ? Wait(a, now) * b.Place.TargetMs - Wait(b, now) * a.Place.TargetMs
            : rule == CallingRuleKind.Ratio
                ? Turn(state, profile, settings, a) - Turn(state, profile, settings, b)
                : Score(rule, a, b, now) - Score(rule, b, a, now);
        return score != 0 ? -score.Sign
            : a.Place.Since != b.Place.Since ? a.Place.Since.CompareTo(b.Place.Since)
            : a.Number.CompareTo(b.Number);
    }

    private static BigInteger Turn(BranchState state, string profile, ProfileSettings settings, Visit visit)
    {
        var ratio = settings.Ratio ?? RatioSettings.Default;
        return visit.Place.Priority >= ratio.Priority == state.RatioPosition(profile) < ratio.First ? 1 : 0;
    }

    private static BigInteger Wait(Visit visit, Moment now) => now.Milliseconds - visit.Place.Since.Milliseconds;

    // a's score times the denominators of both, so that it can be compared with b's.
    private static BigInteger Score(CallingRuleKind rule, Visit a, Visit b, Moment now)
    {
        BigInteger target = a.Place.TargetMs, otherTarget = b.Place.TargetMs;
        var wait = Wait(a, now);
        return rule switch
        {
            CallingRuleKind.Fifo => wait,
            CallingRuleKind.Strict => a.Place.Priority,
            CallingRuleKind.Relative => wait * otherTarget,
            CallingRuleKind.DueDate => wait - target,
            CallingRuleKind.DueDatePriority => target - wait <= 120_000 ? BigInteger.Pow(10, 80) + a.Place.Priority : wait - target,
            _ => a.Place.Priority * wait * otherTarget * otherTarget * b.Place.MeanServiceMs,
        };
    }
}
