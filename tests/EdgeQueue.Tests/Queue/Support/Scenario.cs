using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Given events, when a command, then events or a refusal; what was accepted happens, so that a story can go on.</summary>
internal sealed class Scenario
{
    private Decision _decision;

    private Scenario(BranchState state) => State = state;

    public BranchState State { get; }

    /// <summary>The small branch, on its first day, with what happened there.</summary>
    public static Scenario Given(params Event[] happened) => GivenRules(TestRules.Branch, happened);

    public static Scenario GivenRules(BranchRules rules, params Event[] happened)
    {
        var state = new BranchState();
        Evolve.Apply(state, Say.DayOne(rules));
        Evolve.Apply(state, happened);
        return new(state);
    }

    public static Scenario GivenNothing() => new(new BranchState());

    public Scenario When(Command command) => When(_ => command);

    public Scenario When(Func<BranchState, Command> command)
    {
        var before = StateDigest.Of(State);
        _decision = Decider.Decide(State, command(State));
        Assert.Equal(before, StateDigest.Of(State));
        Evolve.Apply(State, _decision.Events);
        return this;
    }

    /// <summary>Accepted, with exactly these events.</summary>
    public Scenario Then(params Event[] expected)
    {
        Assert.Null(_decision.Refusal);
        Assert.Equal(EventText.Of(expected), EventText.Of(_decision.Events));
        return this;
    }

    /// <summary>Accepted, and nothing changed.</summary>
    public Scenario ThenNothing() => Then();

    public Scenario ThenRefused(Refusal refusal)
    {
        Assert.Equal(refusal, _decision.Refusal);
        Assert.Empty(_decision.Events);
        return this;
    }

    public Scenario ThenRefused(string code)
    {
        Assert.Equal(code, _decision.Refusal?.Code);
        Assert.Empty(_decision.Events);
        return this;
    }

    /// <summary>Accepted; the last event is a call of this visit.</summary>
    public Scenario ThenCalls(long visit, Action<CallReason>? why = null)
    {
        Assert.Null(_decision.Refusal);
        var called = Assert.IsType<VisitCalled>(_decision.Events[^1]);
        Assert.Equal(visit, called.Visit);
        why?.Invoke(called.Why);
        return this;
    }

    /// <summary>Accepted, with an event of this type, looked at.</summary>
    public Scenario ThenOne<TEvent>(Action<TEvent> look)
        where TEvent : Event
    {
        Assert.Null(_decision.Refusal);
        look(Assert.Single(_decision.Events.OfType<TEvent>()));
        return this;
    }

    /// <summary>Accepted; this visit waits again at its old place.</summary>
    public Scenario ThenOneRestored(long visit) => ThenOne<VisitRestored>(r => Assert.Equal(visit, r.Visit));

    public Scenario ThenAccepted()
    {
        Assert.Null(_decision.Refusal);
        return this;
    }

    public Scenario See(Action<BranchState> look)
    {
        look(State);
        return this;
    }
}
