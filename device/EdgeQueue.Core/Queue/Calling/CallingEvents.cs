namespace EdgeQueue.Core.Queue;

/// <summary>A transaction ended, and the service's mean service time with it.</summary>
/// <param name="MeanMs">The moving mean now, milliseconds, 1 … 86,400,000.</param>
public sealed record MeanServiceLearned(string Service, long MeanMs, Moment At) : Event(At);

/// <summary>The customer of a new ticket wants a certain operator, or one who has something.</summary>
public sealed record WishesTold(long Visit, Place Place, Moment At) : Event(At);

/// <summary>It waited for its person as long as the configuration says, and waits for anyone with the skill now, at its old place.</summary>
public sealed record PersonWaitEnded(long Visit, string Operator, Place Place, Moment At) : Event(At);
