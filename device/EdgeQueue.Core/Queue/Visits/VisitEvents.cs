namespace EdgeQueue.Core.Queue;

/// <summary>What else is known of a visit that was just issued.</summary>
/// <param name="Attributes">What the customer is or asked for, e.g. <c>veteran</c>.</param>
/// <param name="People">How many came with this ticket.</param>
/// <param name="Case">Opaque id of the case that goes on over several visits.</param>
public sealed record VisitDescribed(long Visit, IReadOnlyList<string> Attributes, int People, string? Case, Moment At) : Event(At);

/// <summary>The called customer did not come and gets another chance.</summary>
/// <param name="Times">How often that has been, from 1.</param>
/// <param name="Place">Where it waits from now on.</param>
public sealed record VisitMissed(long Visit, string Counter, int Times, Place Place, Moment At) : Event(At);

/// <summary>The counter will be paused as soon as its customer has left.</summary>
public sealed record PauseOrdered(string Counter, string Reason, Moment At) : Event(At);

public sealed record PauseOrderWithdrawn(string Counter, Moment At) : Event(At);

/// <summary>Called ahead to a buffer near the counters.</summary>
/// <param name="Place">Bound to the buffer: the calling rules do not see it any more, counters call from the buffer first.</param>
/// <param name="Turn">Ratio rule only: where the round of the buffer's work profile stands after this.</param>
/// <param name="Zone">The buffer's zone, where it is shown and spoken.</param>
/// <param name="HeardAt">Something else was said there a moment ago: it is shown and spoken only then; null: at once.</param>
public sealed record VisitPrecalled(
    long Visit, string Buffer, Place Place, CallReason Why, Moment At,
    RatioTurn? Turn = null, string? Zone = null, Moment? HeardAt = null) : Event(At);

/// <summary>A call comes too soon after another of its zone, or an evacuation came between: it is shown and spoken later.</summary>
public sealed record CallHeld(long Visit, string Zone, Moment Until, Moment At) : Event(At);

/// <summary>Now it is shown and spoken.</summary>
/// <param name="Counter">Where to; a buffer's name with <c>@</c> before it for somebody called ahead.</param>
public sealed record CallAnnounced(long Visit, string Counter, Moment At) : Event(At);

/// <summary>What a visit still has to do.</summary>
/// <param name="Taken">The step that it goes to now; null: it goes nowhere by this.</param>
public sealed record JourneyPlanned(long Visit, IReadOnlyList<JourneyStep> Steps, bool BestOrder, JourneyStep? Taken, Moment At) : Event(At);

/// <summary>This visit has no ticket in anybody's hand: an operator of a live queue began it. No board shows it.</summary>
public sealed record LiveVisitBegun(long Visit, Moment At) : Event(At);
