namespace EdgeQueue.Core.Queue;

/// <summary>Why this visit was called and not another: in the event, in the reply, on the page.</summary>
/// <param name="Rule">How it was chosen: the calling rule's name, <c>returning</c>, <c>chosen</c> for a ticket that a person named, or <see cref="Live"/>.</param>
/// <param name="WaitMs">How long the visit had waited, in milliseconds.</param>
/// <param name="OverCap">It had waited at least as many targets as the cap says (the target rule: four) and so goes before all scores.</param>
/// <param name="Waiting">How many visits waited that this counter might have called, this one included.</param>
/// <param name="Beat">The best of the others, at most three, best first.</param>
/// <param name="Help">True: this is not the counter's own work, and it helped.</param>
/// <param name="Queue">A person chose this service's queue; the rule chose within it.</param>
public sealed record CallReason(
    string Rule, int Priority, long WaitMs, long TargetMs, long MeanServiceMs, bool OverCap, int Waiting,
    IReadOnlyList<Beaten> Beat, bool? Help = null, string? Queue = null)
{
    /// <summary><c>Rule</c> of who came without a ticket, to a live queue: nobody knows how long they waited.</summary>
    public const string Live = "live";
}

/// <summary>A visit that waited and was not chosen, with what the rule compared.</summary>
/// <param name="Help">True: whatever the rule says of it, the counter helps with it only when there is no work of its own.</param>
public readonly record struct Beaten(
    long Visit, string Service, int Priority, long WaitMs, long TargetMs, long MeanServiceMs, bool? Help = null);
