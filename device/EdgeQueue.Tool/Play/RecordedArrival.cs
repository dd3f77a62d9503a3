namespace EdgeQueue.Tool.Play;

/// <summary>One customer of a recorded day.</summary>
/// <param name="At">When they take a ticket, from the opening.</param>
/// <param name="Service">Id of a service of the branch.</param>
/// <param name="Segment">Id of a segment; null: an ordinary customer.</param>
/// <param name="ServiceTime">From their arrival at the counter to the finish.</param>
/// <param name="Patience">They leave, and tell nobody, when they have waited so long; null: never.</param>
internal sealed record RecordedArrival(TimeSpan At, string Service, string? Segment, TimeSpan ServiceTime, TimeSpan? Patience);
