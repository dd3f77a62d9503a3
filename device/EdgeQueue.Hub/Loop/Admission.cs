using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Which unit may send what (law 7, DESIGN §11). The broker's access list has made sure of the node's name; this makes sure
/// that a keypad speaks for its own counter and a dispenser for itself.
/// </summary>
public sealed class Admission(LoadedBranch branch)
{
    public bool Knows(UnitAddress unit) => branch.TryGetUnit(unit, out _);

    /// <summary>The counter that a keypad stands at; null: it is no keypad.</summary>
    public string? CounterOf(UnitAddress unit) => branch.TryGetUnit(unit, out UnitConfiguration? configured) ? configured.Keypad?.Counter : null;

    /// <returns>Null: it may.</returns>
    public Refusal? Check(UnitAddress from, string id, Command command, BranchState state) =>
        !branch.TryGetUnit(from, out UnitConfiguration? unit) ? HubRefusals.UnknownUnit(from)
        : unit.Dispenser is not null ? OfDispenser(from, id, command)
        : unit.Keypad is { } keypad ? OfKeypad(keypad, command, state)
        : unit.Console is { } console && command is LockConsole locking
            ? locking.Counter == console.Counter ? null : HubRefusals.NotYourCounter(locking.Counter)
        : HubRefusals.NotForThisRole(unit.Role, NameOf(command));

    private static Refusal? OfDispenser(UnitAddress from, string id, Command command) => command switch
    {
        IssueTicket c => c.Press == id ? null : HubRefusals.PressIsNotId,
        CheckIn c => c.Press == id ? null : HubRefusals.PressIsNotId,
        LeaseNumbers c => c.Node == from.Node && c.Unit == from.Unit ? null : HubRefusals.NotYourself,
        ReprintTicket c => c.Node == from.Node && c.Unit == from.Unit ? null : HubRefusals.NotYourself,
        JoinOffline or ReportPrint => null,
        _ => HubRefusals.NotForThisRole("dispenser", NameOf(command)),
    };

    private Refusal? OfKeypad(KeypadConfiguration keypad, Command command, BranchState state) => command switch
    {
        // Everybody who waits may be cleared by it: only where the branch gave this keypad a key for it.
        CloseDay => keypad.Keys.Values.Contains("closeDay") ? null : HubRefusals.NotForThisRole("keypad without such a key", NameOf(command)),
        _ => OfCounter(keypad.Counter, command, state),
    };

    private Refusal? OfCounter(string own, Command command, BranchState state) => command switch
    {
        // An alarm may be raised from every counter.
        Evacuate => null,
        ReprintTicket c => c.Node.Length == 0 || (Topics.IsName(c.Node) && Topics.IsName(c.Unit)
            && branch.TryGetUnit(new UnitAddress(c.Node, c.Unit), out UnitConfiguration? at) && at.Dispenser is not null)
                ? null : HubRefusals.NotADispenser,
        CancelVisit c => OfVisit(own, c.Visit, state),
        PlanJourney c => OfVisit(own, c.Visit, state),
        // For anybody by the label, where the operator may: that is decided with the visit's.
        ChangeService { Counter: null } or SetPriority { Counter: null } => HubRefusals.NotYourVisit,
        _ when CounterOf(command) is { } counter => counter == own ? null : HubRefusals.NotYourCounter(counter),
        _ => HubRefusals.NotForThisRole("keypad", NameOf(command)),
    };

    private static Refusal? OfVisit(string own, long visit, BranchState state) =>
        state.Counter(own).Visit == visit ? null : HubRefusals.NotYourVisit;

    /// <summary>The counter that a command is for; null: none.</summary>
    public static string? CounterOf(Command command) => command switch
    {
        CallNext c => c.Counter,
        CallTicket c => c.Counter,
        Recall c => c.Counter,
        Arrive c => c.Counter,
        Finish c => c.Counter,
        NoShow c => c.Counter,
        Requeue c => c.Counter,
        Reinstate c => c.Counter,
        Park c => c.Counter,
        Resume c => c.Counter,
        Transfer c => c.Counter,
        OpenCounter c => c.Counter,
        PauseCounter c => c.Counter,
        CloseCounter c => c.Counter,
        LockConsole c => c.Counter,
        Precall c => c.Counter,
        AddStep c => c.Counter,
        StartService c => c.Counter,
        GiveBack c => c.Counter,
        ChangeService c => c.Counter,
        SetPriority c => c.Counter,
        _ => null,
    };

    private static string NameOf(Command command) => char.ToLowerInvariant(command.GetType().Name[0]) + command.GetType().Name[1..];
}
