namespace EdgeQueue.Core.Queue;

/// <summary>Where a visit is in its life.</summary>
public enum VisitPhase
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
public sealed record Visit(
    long Number, string Label, int LabelNumber, int Day, string? Segment, string Language, string? Person, string Press,
    string? Lease, Moment IssuedAt, Moment TakenAt, bool Estimated,
    Place Place, bool PrioritySet, VisitPhase Phase, Moment PhaseSince,
    string? Counter, string? Zone, int Calls, Moment LastCallAt, Place? ReturnPlace, Moment? ParkedUntil,
    PrintOutcome? Print, VisitEnd? End, string? EndReason,
    Durations Durations, IReadOnlyList<Transaction> Transactions)
{
    public string Service => Place.Service;

    public bool AtCounter => Phase is VisitPhase.Called or VisitPhase.Serving;

    /// <summary>In the branch: waiting, at a counter or parked.</summary>
    public bool Present => Phase <= VisitPhase.Parked;

    /// <summary>The same visit, with the time since <see cref="PhaseSince"/> booked on the phase that ends now.</summary>
    internal Durations DurationsAt(Moment at) => Durations.Plus(Phase, Math.Max(0, at.Milliseconds - PhaseSince.Milliseconds));
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
