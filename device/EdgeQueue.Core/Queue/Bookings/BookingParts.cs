namespace EdgeQueue.Core.Queue;

/// <summary>
/// One told message of bookings, cut so that each part is decided and committed in some milliseconds: people who press a button
/// meanwhile come in between. First the parts that take bookings back, then those that place them, and the version with the last.
/// </summary>
/// <param name="since">Null: the whole set. Whom it takes back is looked up when the first part is made.</param>
public sealed class BookingParts(long version, long? since, IReadOnlyList<Booking> bookings, IReadOnlyList<string> withdrawn)
{
    /// <summary>Bookings in one part.</summary>
    public const int Size = 100;

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private List<Booking>? _placed;
    private List<string> _takenBack = [];
    private int _next;

    /// <summary>Ids that the message has more than once; the first of each counts.</summary>
    public List<string> Twice { get; } = [];

    /// <summary>There is no part after the one that was made last.</summary>
    public bool AtEnd => _placed is not null && _next >= Total;

    private int Total => _takenBack.Count + _placed!.Count;

    /// <summary>The next part; the last one also when there is nothing in it, for its version.</summary>
    public ApplyBookings Next(BranchState state, Moment at)
    {
        if (_placed is null)
        {
            Begin(state, at);
        }

        List<string> back = [];
        List<Booking> place = [];
        for (var taken = 0; taken < Size && _next < Total; taken++, _next++)
        {
            if (_next < _takenBack.Count)
            {
                back.Add(_takenBack[_next]);
            }
            else
            {
                place.Add(_placed![_next - _takenBack.Count]);
            }
        }

        return new ApplyBookings(version, since, place, back, at, AtEnd ? BookingsPart.Last : BookingsPart.Some);
    }

    private void Begin(BranchState state, Moment at)
    {
        _placed = [];
        foreach (var booking in bookings)
        {
            // JSON puts a null into a list whatever the list's type says.
            if (booking is not null && (booking.Id is null || !_named.Add(booking.Id)))
            {
                Twice.Add(booking.Id ?? "");
            }
            else if (booking is not null)
            {
                _placed.Add(booking);
            }
        }

        _takenBack = since is null
            ? BookingDecisions.Unnamed(state, _named, at)
            : [.. withdrawn.Where(id => id is not null && !_named.Contains(id)).Distinct(StringComparer.Ordinal)];
    }
}
