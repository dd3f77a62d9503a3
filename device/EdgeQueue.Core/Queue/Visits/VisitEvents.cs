namespace EdgeQueue.Core.Queue;

/// <summary>What else is known of a visit that was just issued.</summary>
/// <param name="Attributes">What the customer is or asked for, e.g. <c>veteran</c>.</param>
/// <param name="People">How many came with this ticket.</param>
/// <param name="Case">Opaque id of the case that goes on over several visits.</param>
public sealed record VisitDescribed(long Visit, IReadOnlyList<string> Attributes, int People, string? Case, Moment At) : Event(At);
