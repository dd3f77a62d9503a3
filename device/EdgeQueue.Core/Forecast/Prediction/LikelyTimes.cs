using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>How long things may take in this branch, by its own past; where it has none, by the configuration, and that is counted.</summary>
internal sealed class LikelyTimes(BranchHistory history, BranchRules rules)
{
    /// <summary>With fewer services seen, a service's times are not known.</summary>
    public const int LeastServices = 20;

    private readonly Dictionary<string, DurationLaw> _services = [];

    /// <summary>Service times drawn so far.</summary>
    public int Drawn { get; private set; }

    /// <summary>Of them were not from what was seen.</summary>
    public int Guessed { get; private set; }

    public bool Knows(string service) => history.Services(service)?.Count >= LeastServices;

    public long Service(Chance chance, string service) => LawOf(service).Sample(chance);

    /// <summary>A service that has lasted so long already, from its beginning to its end.</summary>
    public long ServiceBeyond(Chance chance, string service, long lastedMs, double pace) =>
        (long)(LawOf(service).SampleBeyond(chance, (long)(lastedMs / pace)) * pace);

    public long Walk(Chance chance) => history.Walks.Law?.Sample(chance) ?? 0;

    public long WalkBeyond(Chance chance, long lastedMs) => history.Walks.Law?.SampleBeyond(chance, lastedMs) ?? lastedMs;

    public long Patience(Chance chance, string? segment, bool booked = false) =>
        history.Patience(segment, booked)?.Sample(chance) ?? Customer.Endless;

    public Customer Newcomer(Chance chance, ArrivalStream stream, long at) => new()
    {
        Id = -1,
        ArrivesAt = at,
        Service = stream.Service,
        Segment = stream.Segment,
        ServiceMs = Service(chance, stream.Service),
        WalkMs = Walk(chance),
        PatienceMs = Patience(chance, stream.Segment),
    };

    /// <summary>The customer of a booking that nobody has come for yet; null: nobody will.</summary>
    /// <param name="slot">In branch time.</param>
    public Customer? Booked(Chance chance, Booking booking, long slot, long now)
    {
        // One stream of chance for each, whether they come or not.
        var (serving, walk) = (Service(chance, booking.Service), Walk(chance));
        var seen = history.Bookings.Of(booking.Service);
        var late = seen?.Count >= Punctuality.Least ? seen.Sample(chance, now - slot) : Guess(now - slot);
        return late is not { } after ? null : new()
        {
            Id = -3,
            ArrivesAt = Math.Max(now + 1, slot + after),
            SlotAt = slot,
            Booking = booking.Id,
            Service = booking.Service,
            Segment = booking.Segment,
            ServiceMs = serving,
            WalkMs = walk,
            PatienceMs = Patience(chance, booking.Segment, booked: true),
        };
    }

    // Nothing is known of this service's booked: in time, and once that has passed not at all.
    private long? Guess(long sinceSlot)
    {
        Guessed++;
        Drawn++;
        return sinceSlot < 0 ? 0 : null;
    }

    private DurationLaw LawOf(string service)
    {
        if (!_services.TryGetValue(service, out var law))
        {
            law = Knows(service)
                ? history.Services(service)!.Law!
                : new LognormalDuration(rules.Services.TryGetValue(service, out var own) ? own.MeanServiceMs : 300_000, 1);
            _services[service] = law;
        }

        Drawn++;
        Guessed += law is LognormalDuration ? 1 : 0;
        return law;
    }
}
