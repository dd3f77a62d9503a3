using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Web;

/// <summary>The last calls and why each visit was chosen, for the page. Since the start of the hub; the journal has all.</summary>
public sealed class CallHistory
{
    private const int Kept = 12;

    private readonly LinkedList<ExplainedCall> _calls = new();

    public void Follow(IReadOnlyList<(long Seq, Event Event)> happened, BranchState state)
    {
        foreach ((long seq, Event e) in happened)
        {
            if (e is VisitCalled called)
            {
                _calls.AddFirst(new ExplainedCall(
                    seq, called.At, state.Find(called.Visit)?.Label ?? "?", called.Counter, called.Why,
                    [.. called.Why.Beat.Select(b => state.Find(b.Visit)?.Label ?? "?")]));
                if (_calls.Count > Kept)
                {
                    _calls.RemoveLast();
                }
            }
        }
    }

    public IReadOnlyList<ExplainedCall> Latest() => [.. _calls];
}

/// <param name="Beat">Labels of the visits that it went before, best first.</param>
public sealed record ExplainedCall(long Seq, Moment At, string Label, string Counter, CallReason Why, IReadOnlyList<string> Beat);
