namespace EdgeQueue.Core.Contracts.Messages;

/// <summary>On <c>counter/{counter}</c>, retained: all that a display or keypad needs.</summary>
/// <param name="Journal">Receivers ignore a lower (journal, seq) than they have seen.</param>
/// <param name="Number">What people call the counter, e.g. "5".</param>
/// <param name="Version">The operator's commands carry it back as <c>Seen</c>.</param>
/// <param name="Label">Ticket called or served; null when nobody is.</param>
/// <param name="Times">How often it was called, from 1.</param>
/// <param name="CalledAt">Branch time of the last call, milliseconds.</param>
/// <param name="PauseReason">Why the counter is paused.</param>
/// <param name="Waiting">Visits that this counter could call now.</param>
/// <param name="PausedUntil">Branch time at which the pause is planned to end, milliseconds; null: nobody said.</param>
public sealed record CounterMessage(
    int V, string Journal, long Seq, string Counter, string Number, long Version, CounterPhase Phase, string? Operator,
    string? Label, long? Visit, string? Service, int Times, long? CalledAt, string? PauseReason, int Waiting, long? PausedUntil = null);

/// <summary>What a counter is doing.</summary>
public enum CounterPhase
{
    Closed,
    Paused,
    Idle,
    Called,
    Serving,
}

/// <summary>On <c>zone/{zone}/board</c>, retained: recent calls, newest first.</summary>
/// <param name="Waits">How long somebody waits who took a ticket now, by service; null or without a service: not known, say nothing.</param>
public sealed record BoardMessage(
    int V, string Journal, long Seq, string Zone, IReadOnlyList<BoardCall> Calls, IReadOnlyList<BoardWait>? Waits = null,
    IReadOnlyList<BoardPrecall>? Precalls = null);

/// <param name="Names">Of the service, by language.</param>
/// <param name="Minutes">P50 and P90, whole minutes.</param>
public sealed record BoardWait(string Service, IReadOnlyDictionary<string, string> Names, ExpectedWait Minutes);

/// <summary>Somebody who was called ahead and waits near the counters for one to be free, in order.</summary>
public sealed record BoardPrecall(string Label, string Buffer);

/// <param name="At">Branch time of the last call, milliseconds.</param>
/// <param name="Serving">The customer has arrived.</param>
public sealed record BoardCall(string Label, string Counter, string Number, long At, int Times, bool Serving);

/// <summary>On <c>zone/{zone}/calls</c>, retained: the open calls that are to be spoken, oldest first.</summary>
/// <param name="Evacuation">Not null: stop everything and speak this, per language, until it is null again.</param>
public sealed record CallsMessage(
    int V, string Journal, long Seq, string Zone, IReadOnlyList<OpenCall> Calls, IReadOnlyDictionary<string, string>? Evacuation);

/// <param name="Counter">The counter's id, or the buffer's for who is called ahead.</param>
/// <param name="Seq">The call's own event number; each is spoken at most once.</param>
/// <param name="At">Branch time of the call, milliseconds; one older than 30 s is not spoken.</param>
/// <param name="Languages">In which it is to be spoken, in order.</param>
public sealed record OpenCall(
    long Seq, string Label, string Counter, string Number, string Place, long At, int Times, IReadOnlyList<string> Languages);

/// <summary>On <c>dispenser/{node}/{unit}</c>, retained: what the dispenser offers. Never a lease.</summary>
/// <param name="Evacuating">True while the branch is being evacuated; else left out.</param>
public sealed record DispenserMessage(
    int V, string Journal, long Seq, bool Open, string? ClosedBecause, IReadOnlyDictionary<string, string> BranchName,
    IReadOnlyList<string> Languages, IReadOnlyList<MenuEntry> Menu, string Link, IReadOnlyList<OpenCopy>? Copies = null,
    CheckInOffer? CheckIn = null, bool? Evacuating = null);

/// <summary>How customers with a booking check in here; null in the message: the branch takes none.</summary>
/// <param name="By">What may be typed or scanned, in the order in which it is offered.</param>
/// <param name="CountryCode">Of phone numbers that are typed without one; for <see cref="PhoneHash"/>.</param>
/// <param name="TrunkPrefix">What such numbers begin with at home only; for <see cref="PhoneHash"/>.</param>
public sealed record CheckInOffer(IReadOnlyList<Queue.CheckInBy> By, string CountryCode, string TrunkPrefix);

/// <summary>
/// A copy that a person ordered at this dispenser and that has no print report yet, oldest first, at most 8. It leaves the
/// list when ReportPrint with <c>copy</c> comes, or after ten minutes. The dispenser remembers which it has begun.
/// </summary>
/// <param name="At">Branch time of CopyRequested, milliseconds; with the visit it names the order.</param>
/// <param name="Ticket">What to print, marked COPY; ahead and the expected wait are not printed again.</param>
public sealed record OpenCopy(long At, TicketResult Ticket);

/// <param name="Button">Number of the button, from 1.</param>
/// <param name="Prefix">First letters of its tickets.</param>
/// <param name="Waiting">Visits waiting for the service.</param>
/// <param name="Because">Code of the refusal that a press would get now, such as <c>hallFull</c>; null when it is open.</param>
public sealed record MenuEntry(
    int Button, string Service, string? Segment, string? Language, IReadOnlyDictionary<string, string> Names, string Prefix,
    int Digits, bool Open, int Waiting, string? Because = null);

/// <summary>On <c>node/{node}/{unit}/status</c>, retained, with a will that says offline.</summary>
/// <param name="Role">dispenser, display, keypad or audio.</param>
/// <param name="Version">Of the executable.</param>
/// <param name="Faults">What is wrong with its devices; empty when all is well.</param>
/// <param name="Seen">Where it knows the hub's journal to be: a restored copy is noticed (DESIGN §6).</param>
/// <param name="Counts">Counters of its own, e.g. spoken, dropped, uncertain; by name.</param>
/// <param name="Image">Version of the system image that the device runs; null: it runs none of ours.</param>
public sealed record NodeStatusMessage(
    int V, bool Online, string Role, string Version, IReadOnlyList<Fault> Faults, JournalPosition? Seen,
    IReadOnlyDictionary<string, long>? Counts = null, string? Image = null)
{
    /// <summary>Code of the fault of a unit that is connected and does not know yet what it stands for: it refuses every key.</summary>
    public const string StateUnknown = "stateUnknown";
}

/// <summary>Something that a person must see to.</summary>
/// <param name="Code">For programs: paperOut, paperNearEnd, coverOpen, deviceMissing, …</param>
/// <param name="Sentence">What, where and what to do.</param>
public sealed record Fault(string Code, string Sentence);

/// <summary>On <c>branch/status</c>, retained, every 2 s from the command loop itself, with a will.</summary>
/// <param name="Beat">Counts the heartbeats of this hub process.</param>
/// <param name="At">Branch time, milliseconds.</param>
/// <param name="Local">Local time as a clock on the wall shows it, milliseconds since 1970-01-01T00:00 local.</param>
/// <param name="ClockTrusted">The wall clock is synchronised.</param>
/// <param name="Waiting">Visits waiting in the branch.</param>
/// <param name="Missing">Configured units that are not connected.</param>
/// <param name="Faults">The hub's own and its nodes' faults.</param>
/// <param name="Cloud">Null: this branch has none.</param>
/// <param name="Parked">Visits that were put aside; null: none.</param>
/// <param name="Evacuating">True: an evacuation was ordered and not ended.</param>
public sealed record BranchStatusMessage(
    int V, string Journal, long Seq, bool Online, long Beat, long At, long Local, bool ClockTrusted, int Day, int Waiting,
    string Version, IReadOnlyList<MissingUnit> Missing, IReadOnlyList<Fault> Faults, CloudStatus? Cloud = null, int? Parked = null, bool? Evacuating = null)
{
    /// <summary>Every configured unit is connected and knows what it stands for: each button and key is answered.</summary>
    public bool IsComplete() => Online && Missing.Count == 0 && Faults.All(f => f.Code != NodeStatusMessage.StateUnknown);
}

/// <summary>How the hub and the cloud stand; a branch never needs it to serve people.</summary>
/// <param name="Stored">Last event that the cloud has acknowledged; the rest waits in the journal.</param>
public sealed record CloudStatus(bool Connected, long Stored);

/// <param name="SinceMs">Branch time since when it is missing.</param>
public sealed record MissingUnit(string Node, string Unit, string Role, long SinceMs);
