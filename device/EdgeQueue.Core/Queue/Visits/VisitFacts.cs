namespace EdgeQueue.Core.Queue;

/// <summary>What is known of some visits and not needed at each call: kept apart, so that a <see cref="Visit"/> stays small.</summary>
/// <param name="Booking">The booking that it was checked in by.</param>
/// <param name="SlotAt">The booking's slot in branch time, as it was at check-in.</param>
/// <param name="Came">When, in relation to the slot.</param>
/// <param name="People">How many come with this one ticket.</param>
/// <param name="Case">Opaque id of the case that this visit belongs to.</param>
/// <param name="Attributes">What the customer is or asked for.</param>
/// <param name="Missed">How often it was called, did not come and got another chance.</param>
/// <param name="MissedAt">When that was last.</param>
/// <param name="Steps">What it still has to do after its service.</param>
/// <param name="BestOrder">Next comes where the wait is expected to be shortest.</param>
/// <param name="Taken">The step that it is on since <c>TakenAt</c>.</param>
/// <param name="Live">Begun by an operator of a live queue: it has no ticket.</param>
/// <param name="PrecalledAt">When it was last called ahead to a buffer, as people heard it.</param>
/// <param name="Postponed">How often its customer asked for more time and got it.</param>
public sealed record VisitFacts(
    long Visit, string? Booking = null, Moment? SlotAt = null, CheckInTime? Came = null, int People = 1, string? Case = null,
    IReadOnlyList<string>? Attributes = null, int Missed = 0, Moment? MissedAt = null,
    IReadOnlyList<JourneyStep>? Steps = null, bool BestOrder = false, JourneyStep? Taken = null, Moment? TakenAt = null, bool Live = false, Moment? PrecalledAt = null,
    int Postponed = 0)
{
    /// <summary>Has an appointment: came early or in time.</summary>
    public bool IsAppointment => Came is CheckInTime.Early or CheckInTime.OnTime;
}
