namespace EdgeQueue.Core.Queue;

/// <summary>Where a visit is in its life.</summary>
public enum VisitPhase : byte
{
    /// <summary>In a queue.</summary>
    Waiting,

    /// <summary>Called to a counter, not there yet: walking.</summary>
    Called,

    /// <summary>At the counter, being served.</summary>
    Serving,

    /// <summary>Aside, not waiting.</summary>
    Parked,

    /// <summary>Over.</summary>
    Ended,

    /// <summary>Taken offline on a day that was closed before it was reported: kept for the record, never queued.</summary>
    Recorded,
}

/// <summary>One customer from arrival to departure, as the journal has it so far. Immutable: safe to hand to another thread.</summary>
/// <remarks>
/// A call copies this record, and with ten thousand waiting it fetches it from far away: what a call does not change lies in
/// parts that the copies share (who it is, the last summons, what seldom happens). The properties and <c>with</c> do not show it.
/// </remarks>
public sealed record Visit
{
    private readonly VisitIdentity _identity;
    private readonly Summons _summons;
    private readonly VisitPast _past;

    /// <param name="LabelNumber">The number in the label.</param>
    /// <param name="Day">Business day in which it entered the journal.</param>
    /// <param name="Lease">The lease that its label came from; null: the ordinary sequence.</param>
    /// <param name="IssuedAt">When the journal got it; <c>TakenAt</c> is earlier for an offline ticket.</param>
    /// <param name="Place">Where it waits, or waited last.</param>
    /// <param name="PrioritySet">The priority was set by a person and stays with the visit.</param>
    /// <param name="PhaseSince">When the phase began.</param>
    /// <param name="Counter">The counter that it is called to or served at; afterwards the one that it was at last.</param>
    /// <param name="Zone">Zone of the last call.</param>
    /// <param name="Calls">Calls of the last summons, the first included; 0: never called.</param>
    /// <param name="ReturnPlace">Where it goes when the transaction ends: a transfer with return.</param>
    /// <param name="ParkedUntil">When the parking ends by itself.</param>
    /// <param name="Print">The last print report of the original; null: none yet.</param>
    public Visit(
        long Number, string Label, int LabelNumber, int Day, string? Segment, string Language, string? Person, string Press,
        string? Lease, Moment IssuedAt, Moment TakenAt, bool Estimated,
        Place Place, bool PrioritySet, VisitPhase Phase, Moment PhaseSince,
        string? Counter, string? Zone, int Calls, Moment LastCallAt, Place? ReturnPlace, Moment? ParkedUntil,
        PrintOutcome? Print, VisitEnd? End, string? EndReason,
        Durations Durations, IReadOnlyList<Transaction> Transactions)
    {
        this.Number = Number;
        this.Place = Place;
        this.Phase = Phase;
        this.PhaseSince = PhaseSince;
        this.Durations = Durations;
        this.PrioritySet = PrioritySet;
        _print = Code(Print);
        this.Label = Label;
        _identity = new(LabelNumber, Day, Segment, Language, Person, Press, Lease, IssuedAt, TakenAt, Estimated);
        _summons = Calls == 0 && Counter is null && Zone is null && LastCallAt == default
            ? Summons.None
            : new(Counter, Zone, Calls, LastCallAt);
        _past = ReturnPlace is null && ParkedUntil is null && End is null && EndReason is null && Transactions.Count == 0
            ? VisitPast.None
            : new(ReturnPlace, ParkedUntil, End, EndReason, Transactions);
    }

    public long Number { get; init; }

    public string Label { get; init; }

    public Place Place { get; init; }

    public VisitPhase Phase { get; init; }

    public bool PrioritySet { get; init; }

    public Moment PhaseSince { get; init; }

    public Durations Durations { get; init; }

    // One byte in place of eight: this record is copied at every step.
    private readonly sbyte _print;

    public PrintOutcome? Print
    {
        get => _print < 0 ? null : (PrintOutcome)_print;
        init => _print = Code(value);
    }

    public int LabelNumber { get => _identity.LabelNumber; init => _identity = _identity with { LabelNumber = value }; }

    public int Day { get => _identity.Day; init => _identity = _identity with { Day = value }; }

    public string? Segment { get => _identity.Segment; init => _identity = _identity with { Segment = value }; }

    public string Language { get => _identity.Language; init => _identity = _identity with { Language = value }; }

    public string? Person { get => _identity.Person; init => _identity = _identity with { Person = value }; }

    public string Press { get => _identity.Press; init => _identity = _identity with { Press = value }; }

    public string? Lease { get => _identity.Lease; init => _identity = _identity with { Lease = value }; }

    public Moment IssuedAt { get => _identity.IssuedAt; init => _identity = _identity with { IssuedAt = value }; }

    public Moment TakenAt { get => _identity.TakenAt; init => _identity = _identity with { TakenAt = value }; }

    public bool Estimated { get => _identity.Estimated; init => _identity = _identity with { Estimated = value }; }

    public string? Counter { get => _summons.Counter; init => _summons = _summons with { Counter = value }; }

    public string? Zone { get => _summons.Zone; init => _summons = _summons with { Zone = value }; }

    public int Calls { get => _summons.Calls; init => _summons = _summons with { Calls = value }; }

    public Moment LastCallAt { get => _summons.LastCallAt; init => _summons = _summons with { LastCallAt = value }; }

    public Place? ReturnPlace { get => _past.ReturnPlace; init => _past = _past.With(value, _past.ParkedUntil); }

    public Moment? ParkedUntil { get => _past.ParkedUntil; init => _past = _past.With(_past.ReturnPlace, value); }

    public VisitEnd? End { get => _past.End; init => _past = _past with { End = value }; }

    public string? EndReason { get => _past.EndReason; init => _past = _past with { EndReason = value }; }

    public IReadOnlyList<Transaction> Transactions
    {
        get => _past.Transactions;
        init => _past = _past with { Transactions = value };
    }

    /// <summary>A summons in one piece.</summary>
    internal Summons Summons { get => _summons; init => _summons = value; }

    public string Service => Place.Service;

    public bool AtCounter => Phase is VisitPhase.Called or VisitPhase.Serving;

    /// <summary>In the branch: waiting, at a counter or parked.</summary>
    public bool Present => Phase <= VisitPhase.Parked;

    /// <summary>The same visit, with the time since <see cref="PhaseSince"/> booked on the phase that ends now.</summary>
    internal Durations DurationsAt(Moment at) => Durations.Plus(Phase, Math.Max(0, at.Milliseconds - PhaseSince.Milliseconds));

    private static sbyte Code(PrintOutcome? print) => print is { } outcome ? (sbyte)outcome : (sbyte)-1;
}

/// <summary>Who a visit is: nothing here changes but the label's number, when a dispenser had printed another.</summary>
internal sealed record VisitIdentity(
    int LabelNumber, int Day, string? Segment, string Language, string? Person, string Press,
    string? Lease, Moment IssuedAt, Moment TakenAt, bool Estimated);

/// <summary>The last call of a visit, and where to.</summary>
internal sealed record Summons(string? Counter, string? Zone, int Calls, Moment LastCallAt)
{
    public static Summons None { get; } = new(null, null, 0, default);
}

/// <summary>What most visits do not have before they are served.</summary>
internal sealed record VisitPast(
    Place? ReturnPlace, Moment? ParkedUntil, VisitEnd? End, string? EndReason, IReadOnlyList<Transaction> Transactions)
{
    public static VisitPast None { get; } = new(null, null, null, null, []);

    /// <summary>Without a copy where nothing changes, which is nearly always.</summary>
    public VisitPast With(Place? returnPlace, Moment? parkedUntil) =>
        ReferenceEquals(returnPlace, ReturnPlace) && parkedUntil == ParkedUntil
            ? this
            : this with { ReturnPlace = returnPlace, ParkedUntil = parkedUntil };
}

/// <summary>Three durations that are never added up (DESIGN §4), and the time aside; milliseconds.</summary>
/// <param name="WaitingMs">In queues.</param>
/// <param name="WalkingMs">Called → arrived.</param>
/// <param name="ServingMs">At counters.</param>
/// <param name="ParkedMs">Aside.</param>
public readonly record struct Durations(long WaitingMs, long WalkingMs, long ServingMs, long ParkedMs)
{
    internal Durations Plus(VisitPhase phase, long ms) => phase switch
    {
        VisitPhase.Waiting => this with { WaitingMs = WaitingMs + ms },
        VisitPhase.Called => this with { WalkingMs = WalkingMs + ms },
        VisitPhase.Serving => this with { ServingMs = ServingMs + ms },
        VisitPhase.Parked => this with { ParkedMs = ParkedMs + ms },
        _ => this,
    };

    public static Durations operator -(Durations a, Durations b) =>
        new(a.WaitingMs - b.WaitingMs, a.WalkingMs - b.WalkingMs, a.ServingMs - b.ServingMs, a.ParkedMs - b.ParkedMs);

    public static Durations operator +(Durations a, Durations b) =>
        new(a.WaitingMs + b.WaitingMs, a.WalkingMs + b.WalkingMs, a.ServingMs + b.ServingMs, a.ParkedMs + b.ParkedMs);
}

/// <summary>One service episode within a visit.</summary>
/// <param name="Durations">What passed since the visit began, or since its transaction before this one ended.</param>
public sealed record Transaction(
    string Service, string Counter, string? Operator, Moment FinishedAt, Durations Durations,
    IReadOnlyList<string> DeliveredServices, string? Outcome, IReadOnlyList<string> Marks);
