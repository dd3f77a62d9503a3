using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Calling;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>
/// What holds of every call, by the words of the README and without the index: the explanation says what stands in the branch,
/// the counter could call the visit, and nobody whom it could call is wronged by the rule's promise.
/// </summary>
internal static class CallLaws
{
    /// <summary>Before the decision is applied.</summary>
    /// <param name="byRule">The counter called by its rule: no person chose a ticket or a queue.</param>
    public static void Check(BranchState state, VisitCalled call, bool byRule)
    {
        if (call.Why.Rule == "live")
        {
            return;
        }

        var called = state.Find(call.Visit);
        if (called is null && !byRule && call.Visit == state.LastVisit + 1)
        {
            LawBook.Hold(call.Why is { Rule: "chosen", WaitMs: 0 }, "Of a paper that only its holder knew of nobody can say how long it waited.");
            return;
        }

        LawBook.Hold(called is { Phase: VisitPhase.Waiting or VisitPhase.Parked }, "Somebody is called who does not wait.");
        Agrees(called!, call.Why.Priority, call.Why.WaitMs, call.Why.TargetMs, call.Why.MeanServiceMs, call.At);
        var post = new Post(state, call.Counter, called!.Place, call.At);
        foreach (var beaten in call.Why.Beat)
        {
            LawBook.Hold(
                beaten.Visit != call.Visit && state.Find(beaten.Visit) is { Phase: VisitPhase.Waiting } other && other.Service == beaten.Service,
                "The explanation names somebody as beaten who does not wait.");
            LawBook.Hold(
                beaten.Help is true == !post.IsOwn(state.Find(beaten.Visit)!.Place),
                "The explanation does not say of somebody whether they are only helped with.");
            Agrees(state.Find(beaten.Visit)!, beaten.Priority, beaten.WaitMs, beaten.TargetMs, beaten.MeanServiceMs, call.At);
        }

        if (!byRule || call.Why.Rule is "chosen" or "returning" or "booked")
        {
            return;
        }

        LawBook.Hold(post.CouldCall(called.Place), "A counter called somebody whom it cannot serve.");
        foreach (var other in state.Visits)
        {
            if (other.Phase == VisitPhase.Waiting && other.Number != called.Number && other.Place.Since <= call.At && post.CouldCall(other.Place)
                && post.IsWronged(other.Place))
            {
                throw new LawBrokenException($"By its promise the rule {post.Rule} puts {other.Place} before {called.Place}, who is called by {call.Why.Rule}.");
            }
        }
    }

    /// <summary>Whom the index would call at a counter now, and whom they would beat, are those of comparing everybody.</summary>
    public static void Explains(BranchState state, string id, Moment now)
    {
        var counter = state.Counter(id);
        if (counter.Phase != CounterPhase.Open || state.Waiters.Post(counter, state.Rules!) is not { } post)
        {
            return;
        }

        var obvious = ObviousChoice.InOrder(state, id, now);
        var choice = CallingRule.Next(state, counter, post, now);
        LawBook.Hold(choice is not null == obvious.Count > 0, "The index finds nobody, or somebody who is not there.");
        for (var i = 0; choice is { } made && i < Math.Min(4, obvious.Count); i++)
        {
            LawBook.Hold(
                (i == 0 ? made.Visit : i <= made.Why.Beat.Count ? made.Why.Beat[i - 1].Visit : 0) == obvious[i],
                "The choice or its explanation is not that of comparing everybody.");
        }
    }

    private static void Agrees(Visit visit, int priority, long waitMs, long targetMs, long meanMs, Moment at) => LawBook.Hold(
        visit.Place.Priority == priority && Math.Max(0, at.Milliseconds - visit.Place.Since.Milliseconds) == waitMs
            && visit.Place.TargetMs == targetMs && visit.Place.MeanServiceMs == meanMs,
        "The explanation says other figures than the branch.");

    /// <summary>A counter and whom it calls, as the rules in the configuration say it.</summary>
    private readonly struct Post
    {
        private readonly Counter _counter;
        private readonly WorkProfileRules _profile;
        private readonly ProfileSettings _settings;
        private readonly OperatorSettings _person;
        private readonly Place _called;
        private readonly Moment _now;
        private readonly int? _cap;

        public Post(BranchState state, string counter, Place called, Moment now)
        {
            _counter = state.Counter(counter);
            (_called, _now) = (called, now);
            _profile = state.Rules!.WorkProfiles[_counter.WorkProfile!];
            _settings = state.Rules.Calling?.Profiles?.GetValueOrDefault(_counter.WorkProfile!) ?? new ProfileSettings();
            _person = state.Rules.Calling?.People?.GetValueOrDefault(_counter.Operator!) ?? new OperatorSettings();
            _cap = _settings.CapTargets ?? (_profile.Rule == CallingRuleKind.Target ? 4 : null);
        }

        public CallingRuleKind Rule => _profile.Rule;

        public bool CouldCall(Place place) =>
            place.BoundOperator is { } wanted ? wanted == _counter.Operator
            : place.BoundCounter is { } bound && BufferName.Of(place) is null ? bound == _counter.Id
            : _profile.Services.Contains(place.Service) && _person.Skills?.ContainsKey(place.Service) != false
                && (place.Wants is null || Meets(place.Wants));

        public bool IsWronged(Place other)
        {
            if (IsOwn(other) != IsOwn(_called))
            {
                return IsOwn(other);
            }

            bool over = IsOver(other), smaller = (Int128)Wait(_called) * other.TargetMs < (Int128)Wait(other) * _called.TargetMs;
            return over ? smaller : !IsOver(_called) && _profile.Rule switch
            {
                CallingRuleKind.Fifo => _called.Since > other.Since,
                CallingRuleKind.Relative => smaller,
                CallingRuleKind.DueDate => Wait(_called) - _called.TargetMs < Wait(other) - other.TargetMs,
                _ => false,
            };
        }

        private bool Meets(string wants)
        {
            foreach (var wish in wants.Split(' '))
            {
                if (_person.Attributes?.Contains(wish) != true)
                {
                    return false;
                }
            }

            return true;
        }

        public bool IsOwn(Place place)
        {
            var help = _settings.Helps?.FirstOrDefault(h => h.Service == place.Service);
            return place.BoundOperator is not null || (place.BoundCounter is not null && BufferName.Of(place) is null)
                || (help is null && _person.Skills?.GetValueOrDefault(place.Service) != Skill.Secondary)
                || help?.AfterMs <= Wait(place);
        }

        private bool IsOver(Place place) => _cap is { } targets && Wait(place) >= targets * place.TargetMs;

        private long Wait(Place place) => _now.Milliseconds - place.Since.Milliseconds;
    }
}
