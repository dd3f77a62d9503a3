namespace EdgeQueue.Core.Queue;

/// <summary>The bookings that the branch holds, indexed by what customers have at hand and by slot. Follows the events.</summary>
internal sealed class BookingBook
{
    /// <summary>Bound of all that are held; reaching it is told for each booking that did not fit (law 10).</summary>
    public const int Most = 20_000;

    private readonly SortedDictionary<string, HeldBooking> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byToken = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Slot, string Id)> _open = new(BySlot.Instance);

    public int Count => _byId.Count;

    public IEnumerable<HeldBooking> All => _byId.Values;

    /// <summary>Those that are expected, the earliest slot first.</summary>
    public IEnumerable<Booking> Open => _open.Select(o => _byId[o.Id].Booking);

    /// <summary>Those that are expected with a slot after a moment on the wall and not after another.</summary>
    public IEnumerable<Booking> OpenBetween(long after, long until) => _open.Count == 0 || until <= after
        ? []
        : _open.GetViewBetween((after + 1, ""), (until + 1, "")).Select(o => _byId[o.Id].Booking);

    public HeldBooking? Find(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<HeldBooking> Matching(CheckInBy by, string value) => by switch
    {
        CheckInBy.Phone => _byPhone.TryGetValue(value, out var ids) ? ids.Select(id => _byId[id]) : [],
        CheckInBy.Token => _byToken.TryGetValue(value, out var id) ? [_byId[id]] : [],
        _ => Find(value) is { } held ? [held] : [],
    };

    /// <summary>Whose token this is; null: nobody's.</summary>
    public string? HolderOf(string token) => _byToken.GetValueOrDefault(token);

    public void Put(HeldBooking held)
    {
        Remove(held.Booking.Id);
        var booking = held.Booking;
        _byId[booking.Id] = held;
        if (booking.Token is { } token)
        {
            _byToken[token] = booking.Id;
        }

        if (booking.PhoneHash is { } phone)
        {
            if (!_byPhone.TryGetValue(phone, out var ids))
            {
                _byPhone[phone] = ids = new SortedSet<string>(StringComparer.Ordinal);
            }

            ids.Add(booking.Id);
        }

        if (held.State == BookingState.Open)
        {
            _open.Add((booking.SlotUtcMs, booking.Id));
        }
    }

    public void Remove(string id)
    {
        if (!_byId.Remove(id, out var held))
        {
            return;
        }

        var booking = held.Booking;
        _open.Remove((booking.SlotUtcMs, id));
        if (booking.Token is { } token && _byToken.GetValueOrDefault(token) == id)
        {
            _byToken.Remove(token);
        }

        if (booking.PhoneHash is { } phone && _byPhone.TryGetValue(phone, out var ids) && ids.Remove(id) && ids.Count == 0)
        {
            _byPhone.Remove(phone);
        }
    }

    private sealed class BySlot : IComparer<(long Slot, string Id)>
    {
        public static readonly BySlot Instance = new();

        public int Compare((long Slot, string Id) a, (long Slot, string Id) b) =>
            a.Slot != b.Slot ? a.Slot.CompareTo(b.Slot) : string.CompareOrdinal(a.Id, b.Id);
    }
}
