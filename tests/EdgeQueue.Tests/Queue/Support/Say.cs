using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Short ways to say what happened and what is wanted; times are seconds after the branch opened at 09:00.</summary>
internal static class Say
{
    /// <summary>Monday 2026-01-05 09:00, local time is UTC.</summary>
    public static readonly Moment Opening = new(1_767_603_600_000);

    public static readonly BranchClock WallClock = new(0, 0, true);

    public static Moment At(double seconds) => new(Opening.Milliseconds + (long)(seconds * 1000));

    public static IReadOnlyList<Event> DayOne(BranchRules? rules = null) =>
    [
        new ClockStepped(WallClock, At(0)),
        new RulesApplied(rules ?? TestRules.Branch, At(0)),
        new DayOpened(1, At(11 * 3600), At(0)),
    ];

    public static TicketIssued Issued(
        long visit, string? label = null, string service = "cash", double at = 0, string? segment = null, int? priority = null,
        long? target = null)
    {
        var rules = TestRules.Branch.Services[service];
        return new(
            visit, label ?? TicketLabel.Of(rules.Prefix, (int)visit, rules.Digits), rules.Prefix,
            label is null ? (int)visit : int.Parse(label[1..], null), service, segment, priority ?? rules.Priority,
            target ?? rules.TargetMs, rules.MeanServiceMs, "en", null, $"press-{visit}", null, At(at), false, true, At(at));
    }

    public static TicketPrintReported Printed(long visit, double at = 0) => new(visit, PrintOutcome.Printed, false, At(at));

    public static CounterOpened Opened(string counter, string by = "anna", string profile = "all", double at = 0) =>
        new(counter, by, profile, null, At(at));

    public static VisitCalled Called(long visit, string counter, double at = 0, string by = "anna", string zone = "hall") =>
        new(visit, counter, zone, by, new CallReason("fifo", 40, 0, 600_000, 240_000, false, 1, []), At(at));

    public static VisitArrived Arrived(long visit, string counter, double at = 0) => new(visit, counter, At(at));

    public static NumbersLeased Leased(
        string lease, int first, int last, string store = "store-1", string service = "cash", string prefix = "A", double at = 0) =>
        new(lease, "dispenser-1", "main", store, service, prefix, 3, first, last, At(at));

    public static IssueTicket Take(
        string service = "cash", double at = 0, string press = "press-new", string? segment = null, string? language = null) =>
        new(press, service, segment, language, null, At(at));

    // Counter commands carry the version that the operator sees now, unless a test says otherwise.

    public static Func<BranchState, Command> Next(string counter = "1", double at = 0) =>
        s => new CallNext(counter, s.Counter(counter).Version, At(at));

    public static Func<BranchState, Command> Choose(string label, string counter = "1", double at = 0) =>
        s => new CallTicket(counter, s.Counter(counter).Version, label, At(at));

    public static Func<BranchState, Command> CallAgain(string counter = "1", double at = 0) =>
        s => new Recall(counter, s.Counter(counter).Version, At(at));

    public static Func<BranchState, Command> Arrives(string counter = "1", double at = 0) =>
        s => new Arrive(counter, s.Counter(counter).Version, At(at));

    public static Func<BranchState, Command> Done(string counter = "1", double at = 0) =>
        s => new Finish(counter, s.Counter(counter).Version, [], null, [], At(at));

    public static Func<BranchState, Command> DidNotCome(string counter = "1", double at = 0) =>
        s => new NoShow(counter, s.Counter(counter).Version, At(at));

    public static Func<BranchState, Command> PutBack(string counter = "1", bool toEnd = false, double at = 0) =>
        s => new Requeue(counter, s.Counter(counter).Version, toEnd, At(at));

    public static Func<BranchState, Command> TakeBack(string counter = "1", double at = 0) =>
        s => new Reinstate(counter, s.Counter(counter).Version, At(at));

    public static Func<BranchState, Command> Aside(string counter = "1", int? minutes = null, double at = 0) =>
        s => new Park(counter, s.Counter(counter).Version, minutes, At(at));

    public static Func<BranchState, Command> Send(
        string counter = "1", string? service = null, string? toCounter = null, string? to = null, bool back = false,
        double at = 0) =>
        s => new Transfer(counter, s.Counter(counter).Version, service, toCounter, to, back, At(at));

    public static Tick Ticks(double at, BranchClock? clock = null) => new(clock ?? WallClock, At(at));
}
