namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    internal BookingBook Bookings { get; } = new();

    internal Dictionary<long, VisitFacts> FactsByVisit { get; } = [];

    /// <summary>Since when nobody could have known what time it is on the wall: it jumped ahead then, or became trusted.</summary>
    internal Moment? WallJumpedAt { get; set; }

    /// <summary>Version of the bookings that are held; 0: none were ever told.</summary>
    public long BookingsVersion { get; internal set; }

    /// <summary>How many bookings are held, whatever became of them.</summary>
    public int BookingsHeld => Bookings.Count;

    /// <summary>The bookings that are expected, the earliest slot first.</summary>
    public IEnumerable<Booking> OpenBookings => Bookings.Open;

    public HeldBooking? FindBooking(string id) => Bookings.Find(id);

    /// <summary>What else is known of a visit; null: nothing.</summary>
    public VisitFacts? Facts(long visit) => FactsByVisit.GetValueOrDefault(visit);

    internal VisitRules VisitRules => Rules?.Visits ?? VisitRules.None;
}
