using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Which command met which state of the branch, of its counter and of its visit, and what came of it.</summary>
internal sealed class StateCoverage
{
    private static readonly string[] Branch = ["unconfigured", "open", "evacuating"];
    private static readonly string[] AtCounter = ["closed", "idle", "paused", "called", "serving"];
    private static readonly string[] OfVisit = ["unknown", "waiting", "ahead", "called", "serving", "parked", "ended", "recorded"];

    private readonly Dictionary<(Type Command, string State), long> _met = [];
    private readonly Dictionary<string, long> _seen = [];

    public long Commands { get; private set; }

    /// <summary>Before the decision is applied.</summary>
    public void Watch(BranchState state, Command command, Decision decision)
    {
        Commands++;
        var type = command.GetType();
        Met(type, state.Rules is null ? "unconfigured" : state.Evacuating ? "evacuating" : "open");
        if (CounterOf(command) is { } id && state.Rules is not null)
        {
            Met(type, "counter " + (state.Counter(id) is var counter && state.VisitAt(counter) is { } there
                ? there.Phase == VisitPhase.Called ? "called" : "serving"
                : counter.Phase switch { CounterPhase.Closed => "closed", CounterPhase.Open => "idle", _ => "paused" }));
        }

        if (VisitOf(state, command) is { } number && state.Rules is not null)
        {
            Met(type, "visit " + (state.Find(number) is not { } visit ? "unknown"
                : visit.Phase == VisitPhase.Waiting ? BufferName.Of(visit.Place) is null ? "waiting" : "ahead"
                : visit.Phase.ToString().ToLowerInvariant()));
        }

        Seen(decision.Refusal is { } refusal ? "refusal " + refusal.Code : "accepted");
        foreach (var e in decision.Events)
        {
            Seen("event " + e.GetType().Name);
            if (e is VisitCalled call)
            {
                Seen("call by " + call.Why.Rule);
                Seen(call.Why.OverCap ? "call over the cap" : "call below the cap");
                Seen(call.Why.Help is true ? "call as help" : "call of own work");
                Seen(call.Turn is null ? "call without a turn" : "call with a turn");
                Seen(command is Tick ? "call by the clock" : "call by a press");
            }
            else if (e is VisitPrecalled ahead)
            {
                Seen("call ahead by " + ahead.Why.Rule);
                Seen(ahead.Turn is null ? "call ahead without a turn" : "call ahead with a turn");
                Seen(ahead.HeardAt is null ? "call ahead heard at once" : "call ahead heard later");
                Seen(command is Tick ? "call ahead by the clock" : "call ahead by a press");
            }
        }
    }

    public void Add(StateCoverage other)
    {
        Commands += other.Commands;
        foreach (var (key, count) in other._met)
        {
            _met[key] = _met.GetValueOrDefault(key) + count;
        }

        foreach (var (key, count) in other._seen)
        {
            _seen[key] = _seen.GetValueOrDefault(key) + count;
        }
    }

    public long Of(string seen) => _seen.GetValueOrDefault(seen);

    public int Refusals => _seen.Keys.Count(k => k.StartsWith("refusal ", StringComparison.Ordinal));

    /// <summary>Commands and states that never met, and kinds of events that never came.</summary>
    public IReadOnlyList<string> Missing() =>
    [
        .. from cell in Cells() where !_met.ContainsKey(cell) select $"{cell.Command.Name} never met '{cell.State}'",
        .. from e in Kinds<Event>() where Of("event " + e.Name) == 0 select $"{e.Name} never happened",
    ];

    /// <summary>The table, a command a line, as often as it met each state.</summary>
    public string Table() => string.Join('\n',
    [
        .. Cells().GroupBy(c => c.Command, c => c.State, (command, states) =>
            $"{command.Name,-15} {string.Join(", ", states.Select(s => $"{s} {Count(command, s)}"))}"),
        .. _seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value,10} {s.Key}")),
    ]);

    private string Count(Type command, string state) => _met.GetValueOrDefault((command, state)).ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(Type Command, string State)> Cells() =>
        from command in Kinds<Command>().OrderBy(c => c.Name, StringComparer.Ordinal)
        from state in (string[])
        [
            .. Branch,
            .. command.GetProperty("Counter") is null ? [] : AtCounter.Select(s => "counter " + s),
            .. command.GetProperty("Visit") is null && command.GetProperty("Label") is null ? [] : OfVisit.Select(s => "visit " + s),
        ]
        select (command, state);

    private static IEnumerable<Type> Kinds<T>() => typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract);

    private void Met(Type command, string state) => _met[(command, state)] = _met.GetValueOrDefault((command, state)) + 1;

    private void Seen(string what) => _seen[what] = _seen.GetValueOrDefault(what) + 1;

    private static string? CounterOf(Command command) => command switch
    {
        CallNext c => c.Counter, CallTicket c => c.Counter, Recall c => c.Counter, Arrive c => c.Counter, Finish c => c.Counter,
        NoShow c => c.Counter, Requeue c => c.Counter, Reinstate c => c.Counter, Park c => c.Counter, Resume c => c.Counter,
        Transfer c => c.Counter, OpenCounter c => c.Counter, PauseCounter c => c.Counter, CloseCounter c => c.Counter,
        LockConsole c => c.Counter, Precall c => c.Counter, AddStep c => c.Counter, StartService c => c.Counter,
        GiveBack c => c.Counter, ChangeService c => c.Counter, SetPriority c => c.Counter,
        _ => null,
    };

    private static long? VisitOf(BranchState state, Command command) => command switch
    {
        ReportPrint c => c.Visit, CancelVisit c => c.Visit, Postpone c => c.Visit, Redirect c => c.Visit, ChangeService { Counter: null } c => c.Visit, SetPriority { Counter: null } c => c.Visit, PlanJourney c => c.Visit,
        ChangeService { Label: { } label } => Labelled(state, label), SetPriority { Label: { } label } => Labelled(state, label),
        ReprintTicket { Label: null } c => c.Visit,
        ReprintTicket { Label: { } label } => Labelled(state, label), CallTicket c => Labelled(state, c.Label), Resume c => Labelled(state, c.Label),
        _ => null,
    };

    // A recorded ticket's label leads to nobody: it is looked for here.
    private static long Labelled(BranchState state, string label) =>
        state.FindByLabel(label)?.Number ?? state.Visits.FirstOrDefault(v => v.Label == label)?.Number ?? 0;
}
